// What the pages do by themselves. Each works without it.
"use strict";

// Times are told in the desk's zone; here they are told in the reader's.
function tellTimes(within) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime()) || !time.dateTime.includes("T")) continue;
    const isToday = at.toDateString() === new Date().toDateString();
    const clock = { hour: "2-digit", minute: "2-digit" };
    const day = { day: "numeric", month: "long" };
    time.title = time.textContent;
    time.textContent = at.toLocaleString(document.documentElement.lang, isToday ? clock : { ...day, ...clock });
  }
}

tellTimes(document);
