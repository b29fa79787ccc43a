//! TLS to the server: rustls, with the system's certificate authorities.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::aws_lc_rs;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::super::error::StoreError;

/// Encrypts, and verifies the server's certificate and name: encryption to whoever answers would keep nobody out.
pub fn connector() -> Result<MakeRustlsConnect, StoreError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier);
    let config =
        config.map_err(|error| StoreError::Unavailable(format!("TLS can't be set up here: {error}")))?;
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}
