//! From a place in a text to the number of its line.

/// Where the lines of a text begin.
#[derive(Debug)]
pub(super) struct Lines {
    /// The offsets of all lines but the first.
    starts: Vec<usize>,
    /// The number of the text's first line in its file.
    first: usize,
}

impl Lines {
    /// The lines of a text that begins at line `first` of its file.
    pub fn of(text: &str, first: usize) -> Self {
        let starts =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1).collect();
        Self { starts, first }
    }

    /// The number of the line that holds this byte.
    pub fn at(&self, offset: usize) -> usize {
        self.first + self.starts.partition_point(|start| *start <= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_belongs_to_the_line_that_holds_it() {
        let lines = Lines::of("ab\n\ncd", 10);
        let numbers: Vec<_> = [0, 2, 3, 4, 5, 99].into_iter().map(|offset| lines.at(offset)).collect();
        assert_eq!(numbers, [10, 10, 11, 12, 12, 12]);
    }
}
