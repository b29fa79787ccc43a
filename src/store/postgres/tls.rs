//! TLS to the server, with the system's certificate authorities.

use native_tls::TlsConnector;
use postgres_native_tls::MakeTlsConnector;

use super::super::error::StoreError;

/// Encrypts, and verifies the server's certificate and name: encryption to whoever answers would keep nobody out.
pub fn connector() -> Result<MakeTlsConnector, StoreError> {
    let connector = TlsConnector::new();
    let connector =
        connector.map_err(|error| StoreError::Unavailable(format!("TLS can't be set up here: {error}")))?;
    Ok(MakeTlsConnector::new(connector))
}
