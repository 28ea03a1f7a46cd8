//! What a file says about itself.

use concord_desktop::audio::{Picture, Tags};
use symphonia::core::meta::{MetadataContainer, MetadataRevision, RawValue, StandardTag, StandardVisualKey, Tag};

/// Tags that are kept besides the known ones: a file may have as many as it likes.
const MOST_OTHERS: usize = 200;

/// Adds what a revision says; what is known already stays.
pub fn add(revision: &MetadataRevision, tags: &mut Tags, picture: &mut Option<Picture>) {
    let tracks = revision.per_track.iter().map(|track| &track.metadata);
    for container in std::iter::once(&revision.media).chain(tracks) {
        for tag in &container.tags {
            add_tag(tag, tags);
        }
        add_picture(container, picture);
    }
}

fn add_tag(tag: &Tag, tags: &mut Tags) {
    let Some(standard) = &tag.std else {
        if let RawValue::String(value) = &tag.raw.value
            && tags.others.len() < MOST_OTHERS
        {
            tags.others.push((tag.raw.key.clone(), value.to_string()));
        }
        return;
    };
    let year;
    let (field, value) = match standard {
        StandardTag::TrackTitle(value) => (&mut tags.title, value.as_str()),
        StandardTag::Artist(value) => (&mut tags.artist, value.as_str()),
        StandardTag::Album(value) => (&mut tags.album, value.as_str()),
        StandardTag::AlbumArtist(value) => (&mut tags.album_artist, value.as_str()),
        StandardTag::Author(value) | StandardTag::Writer(value) | StandardTag::Lyricist(value) => {
            (&mut tags.author, value.as_str())
        }
        StandardTag::Composer(value) => (&mut tags.composer, value.as_str()),
        StandardTag::Genre(value) => (&mut tags.genre, value.as_str()),
        StandardTag::ReleaseDate(value) | StandardTag::RecordingDate(value) => (&mut tags.date, value.as_str()),
        StandardTag::ReleaseYear(value) | StandardTag::RecordingYear(value) => {
            year = value.to_string();
            (&mut tags.date, year.as_str())
        }
        StandardTag::Description(value) | StandardTag::Comment(value) => (&mut tags.description, value.as_str()),
        _ => return,
    };
    if field.is_empty() {
        field.push_str(value);
    }
}

fn add_picture(container: &MetadataContainer, picture: &mut Option<Picture>) {
    let front = container.visuals.iter().find(|visual| visual.usage == Some(StandardVisualKey::FrontCover));
    if let (None, Some(visual)) = (&picture, front.or(container.visuals.first())) {
        let mime = visual.media_type.clone().unwrap_or_default();
        *picture = Some(Picture { mime, data: visual.data.to_vec() });
    }
}
