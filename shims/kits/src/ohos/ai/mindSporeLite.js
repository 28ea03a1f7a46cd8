// @ohos:ai.mindSporeLite: numbers of a library for models of machine learning, which is not there.
(function () {
  'use strict';
  const QuantizationType = { NO_QUANT: 0, WEIGHT_QUANT: 1, FULL_QUANT: 2 };
  const OptimizationLevel = { O0: 0, O2: 2, O3: 3, AUTO: 4 };
  const PerformanceMode = {
    PERFORMANCE_NONE: 0, PERFORMANCE_LOW: 1, PERFORMANCE_MEDIUM: 2, PERFORMANCE_HIGH: 3, PERFORMANCE_EXTREME: 4,
  };
  const Priority = { PRIORITY_NONE: 0, PRIORITY_LOW: 1, PRIORITY_MEDIUM: 2, PRIORITY_HIGH: 3 };
  const NNRTDeviceType = { NNRTDEVICE_OTHERS: 0, NNRTDEVICE_CPU: 1, NNRTDEVICE_GPU: 2, NNRTDEVICE_ACCELERATOR: 3 };
  const ThreadAffinityMode = { NO_AFFINITIES: 0, BIG_CORES_FIRST: 1, LITTLE_CORES_FIRST: 2 };
  const DataType = {
    TYPE_UNKNOWN: 0, NUMBER_TYPE_INT8: 32, NUMBER_TYPE_INT16: 33, NUMBER_TYPE_INT32: 34, NUMBER_TYPE_INT64: 35,
    NUMBER_TYPE_UINT8: 37, NUMBER_TYPE_UINT16: 38, NUMBER_TYPE_UINT32: 39, NUMBER_TYPE_UINT64: 40, NUMBER_TYPE_FLOAT16: 42,
    NUMBER_TYPE_FLOAT32: 43, NUMBER_TYPE_FLOAT64: 44,
  };
  const Format = { DEFAULT_FORMAT: -1, NCHW: 0, NHWC: 1, NHWC4: 2, HWKC: 3, HWCK: 4, KCHW: 5 };

  return {
    QuantizationType, OptimizationLevel, PerformanceMode, Priority, NNRTDeviceType, ThreadAffinityMode, DataType, Format,
    // Devices made for it.
    getAllNNRTDeviceDescriptions: () => [],
  };
})
