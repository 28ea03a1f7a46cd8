// @concord:media.metadata: AVMetadataExtractor.
(function (host, system) {
  'use strict';

  const sound = system.require('@concord:sound');
  const source = system.require('@concord:media.source');
  const { notNow, error } = source;
  const { AVErrorCode, MediaType } = system.require('@concord:media.enums');

  class AVMetadataExtractor {
    #source;
    #opened;
    #released = false;

    #setSource(made) {
      if (this.#released) throw notNow('the extractor is released.');
      this.#close();
      this.#source = made;
    }

    get fdSrc() { return this.#source?.fdSrc; }
    set fdSrc(fdSrc) { this.#setSource({ fdSrc: source.checkDescriptor(fdSrc) }); }
    get dataSrc() { return this.#source?.dataSrc; }
    set dataSrc(dataSrc) { this.#setSource({ dataSrc: source.checkData(dataSrc) }); }
    setUrlSource(url, _headers) { this.#setSource({ url: String(url) }); }

    #open() {
      if (this.#released || this.#source === undefined) throw notNow('there is no source.');
      this.#opened ??= source.open(this.#source);
      return this.#opened;
    }

    #close() {
      this.#opened?.then(({ id }) => sound.close(id), () => {});
      this.#opened = undefined;
    }

    async #fetch() {
      const { info } = await this.#open();
      const { tags, tracks } = info;
      const video = tracks.find((track) => track.kind === MediaType.MEDIA_TYPE_VID);
      const texts = {
        album: tags.album, albumArtist: tags.albumArtist, artist: tags.artist, author: tags.author, composer: tags.composer,
        genre: tags.genre, title: tags.title, description: tags.description, dateTime: tags.date, dateTimeFormat: tags.date,
      };
      return {
        ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
        ...(info.duration === null ? {} : { duration: String(info.duration) }),
        hasAudio: 'yes',
        ...(video === undefined ? {} : { hasVideo: 'yes', videoWidth: String(video.width), videoHeight: String(video.height) }),
        mimeType: info.mime,
        sampleRate: String(info.rate),
        trackCount: String(tracks.length),
        ...(tags.others.length > 0 ? { customInfo: Object.fromEntries(tags.others) } : {}),
        tracks: tracks.map(source.describeTrack),
      };
    }

    fetchMetadata(callback) { return system.async(() => this.#fetch(), callback); }
    fetchMetadataWithTimeout(_timeoutMs) { return system.async(() => this.#fetch()); }

    async #cover() {
      const { id } = await this.#open();
      const bytes = sound.picture(id);
      if (bytes === null) throw error(AVErrorCode.AVERR_UNSUPPORT_FORMAT, 'Unsupported format: there is no picture in the file.');
      const image = system.require('@ohos:multimedia.image').createImageSource(bytes.buffer);
      return image.createPixelMap();
    }

    fetchAlbumCover(callback) { return system.async(() => this.#cover(), callback); }
    /** No frame of a film is decoded. */
    fetchFrameByTime(_timeUs, _options, _param) {
      return system.async(async () => {
        await this.#open();
        throw error(AVErrorCode.AVERR_UNSUPPORT_FORMAT, 'Unsupported format: frames of films are not decoded.');
      });
    }

    cancelAllFetchFrames() {}

    release(callback) {
      return system.async(() => {
        if (this.#released) throw notNow('the extractor is released.');
        this.#close();
        this.#released = true;
      }, callback);
    }
  }

  return { AVMetadataExtractor };
})
