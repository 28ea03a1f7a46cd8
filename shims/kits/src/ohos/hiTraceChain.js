// @ohos:hiTraceChain
(function () {
  'use strict';

  const HiTraceFlag = {
    DEFAULT: 0, INCLUDE_ASYNC: 1, DONOT_CREATE_SPAN: 2, TP_INFO: 4, NO_BE_INFO: 8, DISABLE_LOG: 16, FAILURE_TRIGGER: 32,
    D2D_TP_INFO: 64,
  };
  const HiTraceTracepointType = { CS: 0, CR: 1, SS: 2, SR: 3, GENERAL: 4 };
  const HiTraceCommunicationMode = { DEFAULT: 0, THREAD: 1, PROCESS: 2, DEVICE: 3 };
  const NONE = { chainId: 0n, spanId: 0, parentSpanId: 0, flags: 0 };

  let current = { ...NONE };
  let next = 1n;

  return {
    HiTraceFlag, HiTraceTracepointType, HiTraceCommunicationMode,
    begin(name, flags = 0) {
      if (current.chainId !== 0n) return { ...NONE };
      current = { chainId: next++, spanId: 0, parentSpanId: 0, flags };
      return { ...current };
    },
    end(id) {
      if (id?.chainId === current.chainId) current = { ...NONE };
    },
    getId: () => ({ ...current }),
    setId(id) { current = { ...NONE, ...id }; },
    clearId() { current = { ...NONE }; },
    createSpan() {
      return current.chainId === 0n ? { ...NONE }
        : { ...current, parentSpanId: current.spanId, spanId: Number(BigInt(Date.now()) & 0xffffffn) };
    },
    tracepoint() {},
    isValid: (id) => typeof id?.chainId === 'bigint' && id.chainId > 0n,
    isFlagEnabled: (id, flag) => ((id?.flags ?? 0) & flag) !== 0,
    enableFlag(id, flag) { if (id) id.flags |= flag; },
  };
})
