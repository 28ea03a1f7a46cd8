//! Elliptic curves: names, parameters, keys, signatures, agreement.

use ecdsa::hazmat::{sign_prehashed, verify_prehashed};
use elliptic_curve::sec1::{EncodedPoint, FromEncodedPoint, ModulusSize, ToEncodedPoint};
use elliptic_curve::{
    AffinePoint, CurveArithmetic, Field, FieldBytes, FieldBytesSize, PrimeCurve, ProjectivePoint, PublicKey, Scalar,
    SecretKey,
};
use zeroize::Zeroizing;

use super::error::{Result, operation, unsupported};

/// A curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P224,
    P256,
    P384,
    P521,
    K256,
    Sm2,
}

/// Facts of a curve over a prime field; numbers are hexadecimal (SEC 2, GB/T 32918.5). The cofactor of all of them is 1.
pub(crate) struct Facts {
    pub(crate) curve: Curve,
    /// The platform's name of the kind of key.
    pub(crate) key_name: &'static str,
    /// The platform's name of the curve.
    pub(crate) name: &'static str,
    pub(crate) oid: &'static str,
    pub(crate) bits: usize,
    pub(crate) p: &'static str,
    pub(crate) a: &'static str,
    pub(crate) b: &'static str,
    pub(crate) gx: &'static str,
    pub(crate) gy: &'static str,
    pub(crate) n: &'static str,
}

/// Runs `$body` with `$C` standing for the type of a curve.
macro_rules! on_curve {
    ($curve:expr, $C:ident => $body:expr) => {
        match $curve {
            Curve::P224 => {
                type $C = p224::NistP224;
                $body
            }
            Curve::P256 => {
                type $C = p256::NistP256;
                $body
            }
            Curve::P384 => {
                type $C = p384::NistP384;
                $body
            }
            Curve::P521 => {
                type $C = p521::NistP521;
                $body
            }
            Curve::K256 => {
                type $C = k256::Secp256k1;
                $body
            }
            Curve::Sm2 => {
                type $C = ::sm2::Sm2;
                $body
            }
        }
    };
}

impl Curve {
    /// Its facts.
    pub(crate) fn facts(self) -> &'static Facts {
        CURVES.iter().find(|facts| facts.curve == self).unwrap_or(&CURVES[1])
    }

    /// By the platform's name of keys (`ECC256`) or of the curve (`NID_X9_62_prime256v1`).
    pub(crate) fn named(name: &str) -> Result<Curve> {
        let known = CURVES.iter().find(|facts| facts.key_name == name || facts.name == name);
        known.map(|facts| facts.curve).ok_or_else(|| unsupported(format_args!("there is no curve \"{name}\"")))
    }

    /// By object identifier.
    pub(crate) fn identified(oid: &str) -> Result<Curve> {
        let known = CURVES.iter().find(|facts| facts.oid == oid);
        known.map(|facts| facts.curve).ok_or_else(|| unsupported(format_args!("there is no curve {oid}")))
    }

    /// Bytes of a coordinate.
    pub(crate) fn size(self) -> usize {
        self.facts().bits.div_ceil(8)
    }
}

/// The private half of a key: the number itself, as long as a coordinate.
#[derive(Clone)]
pub(crate) struct EcPrivate {
    pub(crate) curve: Curve,
    pub(crate) secret: Zeroizing<Vec<u8>>,
}

/// The public half: a point that is on the curve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EcPublic {
    pub(crate) curve: Curve,
    /// Uncompressed: 4, x, y.
    pub(crate) point: Vec<u8>,
}

impl EcPrivate {
    /// A new key.
    pub(crate) fn generate(curve: Curve) -> EcPrivate {
        let secret = on_curve!(curve, C => SecretKey::<C>::random(&mut rand_core::OsRng).to_bytes().to_vec());
        EcPrivate { curve, secret: Zeroizing::new(secret) }
    }

    /// From the number, of any length.
    pub(crate) fn new(curve: Curve, number: &[u8]) -> Result<EcPrivate> {
        let secret = Zeroizing::new(fixed(number, curve.size())?);
        on_curve!(curve, C => SecretKey::<C>::from_slice(&secret).map(drop)).map_err(operation)?;
        Ok(EcPrivate { curve, secret })
    }

    /// The public half.
    pub(crate) fn public(&self) -> Result<EcPublic> {
        fn point<C>(secret: &[u8]) -> Result<Vec<u8>>
        where
            C: CurveArithmetic,
            AffinePoint<C>: FromEncodedPoint<C> + ToEncodedPoint<C>,
            FieldBytesSize<C>: ModulusSize,
        {
            let secret = SecretKey::<C>::from_slice(secret).map_err(operation)?;
            Ok(secret.public_key().to_encoded_point(false).as_bytes().to_vec())
        }
        let point = on_curve!(self.curve, C => point::<C>(&self.secret))?;
        Ok(EcPublic { curve: self.curve, point })
    }

    /// Signs a digest with ECDSA: (r, s).
    pub(crate) fn sign(&self, digest: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
        fn sign<C>(secret: &[u8], digest: &[u8]) -> Result<(Vec<u8>, Vec<u8>)>
        where
            C: PrimeCurve + CurveArithmetic,
            ecdsa::SignatureSize<C>: elliptic_curve::generic_array::ArrayLength<u8>,
        {
            let secret = SecretKey::<C>::from_slice(secret).map_err(operation)?;
            let k = Scalar::<C>::random(&mut rand_core::OsRng);
            let scalar = secret.to_nonzero_scalar();
            let (signature, _) =
                sign_prehashed::<C, Once<C>>(&scalar, Once(k), &field::<C>(digest)).map_err(operation)?;
            let (r, s) = signature.split_bytes();
            Ok((r.to_vec(), s.to_vec()))
        }
        on_curve!(self.curve, C => sign::<C>(&self.secret, digest))
    }

    /// The shared x coordinate (ECDH).
    pub(crate) fn agree(&self, with: &EcPublic) -> Result<Vec<u8>> {
        fn agree<C>(secret: &[u8], point: &[u8]) -> Result<Vec<u8>>
        where
            C: CurveArithmetic,
            AffinePoint<C>: FromEncodedPoint<C> + ToEncodedPoint<C>,
            FieldBytesSize<C>: ModulusSize,
        {
            let secret = SecretKey::<C>::from_slice(secret).map_err(operation)?;
            let point = PublicKey::<C>::from_sec1_bytes(point).map_err(operation)?;
            let shared = elliptic_curve::ecdh::diffie_hellman(secret.to_nonzero_scalar(), point.as_affine());
            Ok(shared.raw_secret_bytes().to_vec())
        }
        if self.curve != with.curve {
            return Err(operation("the keys are on different curves"));
        }
        on_curve!(self.curve, C => agree::<C>(&self.secret, &with.point))
    }
}

impl EcPublic {
    /// From a point in any form of SEC 1.
    pub(crate) fn new(curve: Curve, encoded: &[u8]) -> Result<EcPublic> {
        Ok(EcPublic { curve, point: recode(curve, encoded, false)? })
    }

    /// From coordinates of any length.
    pub(crate) fn from_coordinates(curve: Curve, x: &[u8], y: &[u8]) -> Result<EcPublic> {
        let size = curve.size();
        EcPublic::new(curve, &[&[4][..], &fixed(x, size)?, &fixed(y, size)?].concat())
    }

    /// Coordinate x.
    pub(crate) fn x(&self) -> &[u8] {
        self.point.get(1..=self.curve.size()).unwrap_or_default()
    }

    /// Coordinate y.
    pub(crate) fn y(&self) -> &[u8] {
        self.point.get(1 + self.curve.size()..).unwrap_or_default()
    }

    /// Whether (r, s) signs a digest (ECDSA).
    pub(crate) fn verify(&self, digest: &[u8], r: &[u8], s: &[u8]) -> Result<bool> {
        fn verify<C>(point: &[u8], digest: &[u8], r: &[u8], s: &[u8]) -> Result<bool>
        where
            C: PrimeCurve + CurveArithmetic,
            AffinePoint<C>: FromEncodedPoint<C> + ToEncodedPoint<C>,
            FieldBytesSize<C>: ModulusSize,
            ecdsa::SignatureSize<C>: elliptic_curve::generic_array::ArrayLength<u8>,
        {
            let key = PublicKey::<C>::from_sec1_bytes(point).map_err(operation)?;
            let (r, s) = (FieldBytes::<C>::from_slice(r).clone(), FieldBytes::<C>::from_slice(s).clone());
            let Ok(signature) = ecdsa::Signature::<C>::from_scalars(r, s) else { return Ok(false) };
            let point = ProjectivePoint::<C>::from(*key.as_affine());
            Ok(verify_prehashed::<C>(&point, &field::<C>(digest), &signature).is_ok())
        }
        let size = self.curve.size();
        let (Ok(r), Ok(s)) = (fixed(r, size), fixed(s, size)) else { return Ok(false) };
        on_curve!(self.curve, C => verify::<C>(&self.point, digest, &r, &s))
    }
}

/// A point in the compressed or the uncompressed form, checked to be on the curve.
pub(crate) fn recode(curve: Curve, encoded: &[u8], compress: bool) -> Result<Vec<u8>> {
    fn recode<C>(encoded: &[u8], compress: bool) -> Result<Vec<u8>>
    where
        C: CurveArithmetic,
        AffinePoint<C>: FromEncodedPoint<C> + ToEncodedPoint<C>,
        FieldBytesSize<C>: ModulusSize,
    {
        let point = PublicKey::<C>::from_sec1_bytes(encoded).map_err(operation)?;
        let point: EncodedPoint<C> = point.to_encoded_point(compress);
        Ok(point.as_bytes().to_vec())
    }
    on_curve!(curve, C => recode::<C>(encoded, compress))
}

/// A scalar that is used for one signature.
struct Once<C: CurveArithmetic>(Scalar<C>);

impl<C: CurveArithmetic> AsRef<Scalar<C>> for Once<C> {
    fn as_ref(&self) -> &Scalar<C> {
        &self.0
    }
}

impl<C: CurveArithmetic> elliptic_curve::ops::Invert for Once<C> {
    type Output = elliptic_curve::subtle::CtOption<Scalar<C>>;

    fn invert(&self) -> Self::Output {
        Field::invert(&self.0)
    }
}

/// The leftmost bits of a digest as long as the order (SEC 1, 4.1.3); shorter ones count as numbers.
fn field<C: PrimeCurve>(digest: &[u8]) -> FieldBytes<C> {
    let mut bytes = FieldBytes::<C>::default();
    let take = digest.len().min(bytes.len());
    let start = bytes.len() - take;
    for (to, from) in bytes.iter_mut().skip(start).zip(digest) {
        *to = *from;
    }
    bytes
}

/// A big-endian number with exactly `size` bytes.
pub(crate) fn fixed(number: &[u8], size: usize) -> Result<Vec<u8>> {
    let digits = number.iter().position(|byte| *byte != 0).and_then(|start| number.get(start..)).unwrap_or_default();
    let zeros = size.checked_sub(digits.len()).ok_or_else(|| operation("the number is too long"))?;
    let mut bytes = vec![0; zeros];
    bytes.extend_from_slice(digits);
    Ok(bytes)
}

static CURVES: [Facts; 6] = [
    Facts {
        curve: Curve::P224,
        key_name: "ECC224",
        name: "NID_secp224r1",
        oid: "1.3.132.0.33",
        bits: 224,
        p: "ffffffffffffffffffffffffffffffff000000000000000000000001",
        a: "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
        b: "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
        gx: "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
        gy: "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
        n: "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
    },
    Facts {
        curve: Curve::P256,
        key_name: "ECC256",
        name: "NID_X9_62_prime256v1",
        oid: "1.2.840.10045.3.1.7",
        bits: 256,
        p: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        a: "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
        b: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        gx: "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        gy: "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
        n: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    },
    Facts {
        curve: Curve::P384,
        key_name: "ECC384",
        name: "NID_secp384r1",
        oid: "1.3.132.0.34",
        bits: 384,
        p: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        a: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc",
        b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        gx: "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
        gy: "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
        n: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    },
    Facts {
        curve: Curve::P521,
        key_name: "ECC521",
        name: "NID_secp521r1",
        oid: "1.3.132.0.35",
        bits: 521,
        p: "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        a: "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc",
        b: "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
        gx: "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
        gy: "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
        n: "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
    },
    Facts {
        curve: Curve::K256,
        key_name: "ECC_Secp256k1",
        name: "NID_secp256k1",
        oid: "1.3.132.0.10",
        bits: 256,
        p: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        a: "0000000000000000000000000000000000000000000000000000000000000000",
        b: "0000000000000000000000000000000000000000000000000000000000000007",
        gx: "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        gy: "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
        n: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
    },
    Facts {
        curve: Curve::Sm2,
        key_name: "SM2_256",
        name: "NID_sm2",
        oid: "1.2.156.10197.1.301",
        bits: 256,
        p: "fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff",
        a: "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc",
        b: "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93",
        gx: "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7",
        gy: "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0",
        n: "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
    },
];
