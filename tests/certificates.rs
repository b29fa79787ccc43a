//! Certificates that live as long as a test.

use std::net::IpAddr;

use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, MsbOption};
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectAlternativeName};
use openssl::x509::{X509, X509Builder, X509Name};
use tokio_native_tls::native_tls::Identity;

/// The certificate of an authority, as a file that is trusted holds it; and what a server with these names shows.
pub fn of(names: &[&str]) -> (Vec<u8>, Identity) {
    let Pems { authority, certificate, key } = pems(names);
    (authority, Identity::from_pkcs8(&certificate, &key).unwrap())
}

/// What programs read: the authority's certificate, a server's, and the server's key.
pub struct Pems {
    pub authority: Vec<u8>,
    pub certificate: Vec<u8>,
    pub key: Vec<u8>,
}

/// The same as files hold it.
pub fn pems(names: &[&str]) -> Pems {
    made(names).unwrap()
}

fn made(names: &[&str]) -> Result<Pems, ErrorStack> {
    let (above, own) = (key()?, key()?);
    let authority = signed("Authority of a test", &above, None, |builder| {
        builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
        builder.append_extension(KeyUsage::new().critical().key_cert_sign().build()?)
    })?;
    let server = signed(names[0], &own, Some((&authority, &above)), |builder| {
        let mut all = SubjectAlternativeName::new();
        for name in names {
            match name.parse::<IpAddr>() {
                Ok(_) => all.ip(name),
                Err(_) => all.dns(name),
            };
        }
        let all = all.build(&builder.x509v3_context(Some(&authority), None))?;
        builder.append_extension(all)
    })?;
    Ok(Pems {
        authority: authority.to_pem()?,
        certificate: server.to_pem()?,
        key: own.private_key_to_pem_pkcs8()?,
    })
}

fn key() -> Result<PKey<Private>, ErrorStack> {
    let curve = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    PKey::from_ec_key(EcKey::generate(&curve)?)
}

/// A certificate for a key, by its authority or by itself.
fn signed(
    name: &str,
    key: &PKey<Private>,
    by: Option<(&X509, &PKey<Private>)>,
    extend: impl FnOnce(&mut X509Builder) -> Result<(), ErrorStack>,
) -> Result<X509, ErrorStack> {
    let mut subject = X509Name::builder()?;
    subject.append_entry_by_nid(Nid::COMMONNAME, name)?;
    let subject = subject.build();
    let mut number = BigNum::new()?;
    number.rand(128, MsbOption::MAYBE_ZERO, false)?;
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    builder.set_serial_number(&*number.to_asn1_integer()?)?;
    builder.set_not_before(&*Asn1Time::days_from_now(0)?)?;
    builder.set_not_after(&*Asn1Time::days_from_now(1)?)?;
    builder.set_subject_name(&subject)?;
    builder.set_issuer_name(by.map_or(&*subject, |(above, _)| above.subject_name()))?;
    builder.set_pubkey(key)?;
    extend(&mut builder)?;
    builder.sign(by.map_or(key, |(_, above)| above), MessageDigest::sha256())?;
    Ok(builder.build())
}
