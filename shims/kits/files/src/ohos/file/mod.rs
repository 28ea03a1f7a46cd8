//! `@ohos:file.*`.

use concord_runtime::FaceModule;

use concord_runtime::face::{face, full, partial, stub};

mod chooser;
pub(crate) mod fs;
mod gallery;
mod hash;
mod shares;
mod volumes;

pub(crate) static MODULES: [FaceModule; 13] = [
    gallery::MODULE,
    face("@concord:file.assets", include_str!("assets.js"), &[]),
    face("@concord:data.select", include_str!("select.js"), &[]),
    hash::MODULE,
    shares::ENVIRONMENT,
    shares::SHARES,
    volumes::STATISTICS,
    volumes::STATVFS,
    face("@ohos:file.securityLabel", include_str!("securityLabel.js"), &[full("*")]),
    face("@ohos:file.fileuri", include_str!("fileuri.js"), &[full("fileUri.*")]),
    chooser::MODULE,
    face(
        "@ohos:file.picker",
        include_str!("picker.js"),
        &[
            full("picker.*"),
            partial("picker.DocumentViewPicker.getSelectedIndex", "always -1: desktops add no suffix by themselves"),
            partial("picker.DocumentSelectOptions.selectMode", "MIXED chooses files"),
            partial("picker.DocumentSelectOptions.authMode", "without effect: people are asked for files as usual"),
            partial("picker.DocumentSelectOptions.multiAuthMode", "without effect"),
            partial("picker.DocumentSelectOptions.multiUriArray", "without effect"),
            partial("picker.DocumentSelectOptions.isEncryptionSupported", "without effect"),
            partial("picker.DocumentSaveOptions.pickerMode", "DOWNLOAD asks for a folder, and gives the folder"),
        ],
    ),
    face(
        "@ohos:file.photoAccessHelper",
        include_str!("photoAccessHelper.js"),
        &[
            full("*"),
            partial("photoAccessHelper.PhotoViewPicker", "the desktop's dialog for files"),
            partial("photoAccessHelper.PhotoSelectOptions", "kind and number decide, the rest is without effect"),
            partial("photoAccessHelper.BaseSelectOptions", "kind and number decide, the rest is without effect"),
            partial(
                "photoAccessHelper.PhotoAsset",
                "of films width, height and duration are 0, and there is no thumbnail",
            ),
            partial("photoAccessHelper.PhotoAsset.set", "only the title can be set"),
            partial("photoAccessHelper.AlbumSubtype", "FAVORITE has nothing in it: desktops have no favourites"),
            partial("photoAccessHelper.Album", "folders of the person's pictures and films; they are not renamed"),
            stub("photoAccessHelper.MediaAlbumChangeRequest"),
            partial("photoAccessHelper.PhotoAccessHelper.registerChange", "hears of what this app does"),
            partial(
                "photoAccessHelper.PhotoAccessHelper.on",
                "hears of what this app does, and not which album has changed",
            ),
            partial("photoAccessHelper.PhotoAccessHelper.getBurstAssets", "there are none"),
            partial(
                "photoAccessHelper.MediaAssetManager",
                "what is asked for is there at once, whatever the delivery mode",
            ),
            partial(
                "photoAccessHelper.PhotoAccessHelper.applyChanges",
                "needs the permission also after a press of a SaveButton",
            ),
            stub("photoAccessHelper.MediaAssetManager.requestMovingPhoto"),
            stub("photoAccessHelper.MediaAssetManager.loadMovingPhoto"),
            stub("photoAccessHelper.MediaAssetManager.quickRequestImage"),
            stub("photoAccessHelper.MovingPhoto"),
            stub("photoAccessHelper.PhotoAccessHelper.requestPhotoUrisReadPermission"),
            stub("photoAccessHelper.PhotoAccessHelper.requestPhotoUrisReadPermissionEx"),
            stub("photoAccessHelper.PhotoAccessHelper.showAssetsCreationDialogEx"),
            stub("photoAccessHelper.PhotoAccessHelper.showSingleAssetCreationDialogEx"),
            stub("photoAccessHelper.PhotoAccessHelper.createAssetWithShortTermPermissionEx"),
            stub("photoAccessHelper.PhotoAccessHelper.onSinglePhotoAlbumChange"),
            stub("photoAccessHelper.PhotoAccessHelper.offSinglePhotoAlbumChange"),
            stub("photoAccessHelper.PhotoAccessHelper.onSinglePhotoChange"),
            stub("photoAccessHelper.PhotoAccessHelper.offSinglePhotoChange"),
            stub("photoAccessHelper.PhotoAccessHelper.onMediaLibraryAvailability"),
            stub("photoAccessHelper.PhotoAccessHelper.offMediaLibraryAvailability"),
            stub("photoAccessHelper.PhotoAccessHelper.getAlbumIdByLpath"),
            stub("photoAccessHelper.PhotoAccessHelper.setAssetCompatibleCapability"),
            stub("photoAccessHelper.PhotoAccessHelper.checkPhotoUrisReadPermission"),
            stub("photoAccessHelper.MediaAssetChangeRequest.saveCameraPhoto"),
            stub("photoAccessHelper.MediaAssetChangeRequest.discardCameraPhoto"),
        ],
    ),
];
