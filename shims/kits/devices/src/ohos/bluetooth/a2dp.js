// @ohos:bluetooth.a2dp: sound over Bluetooth, with the adapter off.
(function (host, system) {
  'use strict';
  const { methods } = system.require('@concord:kits/declared');
  const { Profile, ACCESS_BLUETOOTH, disabled } = system.require('@concord:devices/bluetooth-profile');

  const PlayingState = { STATE_NOT_PLAYING: 0, STATE_PLAYING: 1 };
  const CodecType = {
    CODEC_TYPE_INVALID: -1, CODEC_TYPE_SBC: 0, CODEC_TYPE_AAC: 1, CODEC_TYPE_L2HC: 2, CODEC_TYPE_L2HCST: 3, CODEC_TYPE_LDAC: 4,
  };
  const CodecChannelMode = { CODEC_CHANNEL_MODE_NONE: 0, CODEC_CHANNEL_MODE_MONO: 1, CODEC_CHANNEL_MODE_STEREO: 2 };
  const CodecBitsPerSample = {
    CODEC_BITS_PER_SAMPLE_NONE: 0, CODEC_BITS_PER_SAMPLE_16: 1, CODEC_BITS_PER_SAMPLE_24: 2, CODEC_BITS_PER_SAMPLE_32: 3,
  };
  const CodecSampleRate = {
    CODEC_SAMPLE_RATE_NONE: 0, CODEC_SAMPLE_RATE_44100: 1, CODEC_SAMPLE_RATE_48000: 2, CODEC_SAMPLE_RATE_88200: 3,
    CODEC_SAMPLE_RATE_96000: 4, CODEC_SAMPLE_RATE_176400: 5, CODEC_SAMPLE_RATE_192000: 6,
  };
  const CodecBitRate = {
    CODEC_BIT_RATE_96000: 0, CODEC_BIT_RATE_128000: 1, CODEC_BIT_RATE_192000: 2, CODEC_BIT_RATE_256000: 3, CODEC_BIT_RATE_320000: 4,
    CODEC_BIT_RATE_480000: 5, CODEC_BIT_RATE_640000: 6, CODEC_BIT_RATE_960000: 7, CODEC_BIT_RATE_ABR: 8, CODEC_BIT_RATE_1500000: 9,
    CODEC_BIT_RATE_2300000: 10,
  };
  const CodecFrameLength = { CODEC_FRAME_LENGTH_5MS: 0, CODEC_FRAME_LENGTH_10MS: 1 };

  class A2dpSourceProfile extends Profile {}
  methods(A2dpSourceProfile, [ACCESS_BLUETOOTH], {
    'getPlayingState(deviceId: string)': disabled,
  });

  return {
    PlayingState, CodecType, CodecChannelMode, CodecBitsPerSample, CodecSampleRate, CodecBitRate, CodecFrameLength,
    createA2dpSrcProfile: () => new A2dpSourceProfile(),
  };
})
