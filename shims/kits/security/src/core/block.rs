//! Block ciphers by the platform's names. Which one it is is known only at run time, so the modes of operation (`cipher`) work on a
//! trait object.

use aes::{Aes128, Aes192, Aes256};
use cipher::inout::InOutBuf;
use cipher::{BlockDecrypt, BlockEncrypt, KeyInit};
use des::{Des, TdesEde3};
use sm4::Sm4;

use super::error::{Result, invalid};

/// A block cipher with its key.
pub(crate) trait Block: Send {
    /// Bytes of a block.
    fn size(&self) -> usize;
    /// Encrypts whole blocks in place; what is left over stays as it is.
    fn encrypt(&self, blocks: &mut [u8]);
    /// Decrypts whole blocks in place.
    fn decrypt(&self, blocks: &mut [u8]);
}

struct Of<C>(C);

impl<C: BlockEncrypt + BlockDecrypt + Send> Block for Of<C> {
    fn size(&self) -> usize {
        C::block_size()
    }

    fn encrypt(&self, blocks: &mut [u8]) {
        self.0.encrypt_blocks_inout(InOutBuf::from(blocks).into_chunks().0);
    }

    fn decrypt(&self, blocks: &mut [u8]) {
        self.0.decrypt_blocks_inout(InOutBuf::from(blocks).into_chunks().0);
    }
}

/// A family of block ciphers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Aes,
    Sm4,
    Des,
    TripleDes,
}

impl Family {
    /// The cipher of a key, which decides the variant.
    pub(crate) fn with_key(self, key: &[u8]) -> Result<Box<dyn Block>> {
        let wrong = |_| invalid(format_args!("a key of {} bytes does not fit the cipher", key.len()));
        Ok(match (self, key.len()) {
            (Family::Aes, 24) => Box::new(Of(Aes192::new_from_slice(key).map_err(wrong)?)),
            (Family::Aes, 32) => Box::new(Of(Aes256::new_from_slice(key).map_err(wrong)?)),
            (Family::Aes, _) => Box::new(Of(Aes128::new_from_slice(key).map_err(wrong)?)),
            (Family::Sm4, _) => Box::new(Of(Sm4::new_from_slice(key).map_err(wrong)?)),
            (Family::Des, _) => Box::new(Of(Des::new_from_slice(key).map_err(wrong)?)),
            (Family::TripleDes, _) => Box::new(Of(TdesEde3::new_from_slice(key).map_err(wrong)?)),
        })
    }
}
