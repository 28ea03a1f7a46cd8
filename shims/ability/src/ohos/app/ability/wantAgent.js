// @ohos:app.ability.wantAgent
(function (host, system) {
  'use strict';
  const abilities = system.require('@concord:abilities');
  const wants = system.require('@concord:want');
  const { info } = system.require('@concord:process');
  const enums = system.require('@concord:enums')('@ohos:app.ability.wantAgent');
  const BusinessError = system.BusinessError;
  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  // Agents are opaque to apps.
  const agents = new WeakMap();

  function detailsOf(agent) {
    const details = agent !== null && typeof agent === 'object' && agents.get(agent);
    if (!details) {
      throw invalid('The agent must be a WantAgent.');
    }
    return details;
  }

  function getWantAgent(description, callback) {
    if (description === null || typeof description !== 'object' || !Array.isArray(description.wants)) {
      throw invalid('The info must be an object with wants.');
    }
    return system.async(() => {
      const agent = {};
      agents.set(agent, {
        wants: description.wants.map(wants.normalize),
        type: description.actionType ?? description.operationType ?? 0,
        code: description.requestCode ?? 0,
        flags: description.actionFlags ?? description.wantAgentFlags ?? [],
        cancelled: false,
      });
      return agent;
    }, callback);
  }

  function same(a, b) {
    const [first, second] = [detailsOf(a), detailsOf(b)];
    return first === second || (first.type === second.type && first.code === second.code &&
      JSON.stringify(first.wants.map(({ parameters, ...rest }) => rest)) ===
      JSON.stringify(second.wants.map(({ parameters, ...rest }) => rest)));
  }

  async function trigger(agent, extra) {
    const details = detailsOf(agent);
    if (details.cancelled) {
      throw new BusinessError(16000152, 'The WantAgent has been canceled.');
    }
    for (const want of details.wants) {
      const merged = { ...want, parameters: { ...want.parameters, ...extra?.extraInfos, ...extra?.extraInfo } };
      if (details.type === enums.OperationType.SEND_COMMON_EVENT) {
        system.require('@ohos:commonEventManager').publish?.(want.action, { parameters: merged.parameters }, () => undefined);
      } else {
        abilities.start(merged, {});
      }
    }
    return details;
  }

  return {
    ...enums,
    getWantAgent,
    getBundleName: (agent, callback) => system.async(() => {
      detailsOf(agent);
      return info.bundleName;
    }, callback),
    getUid: (agent, callback) => system.async(() => {
      detailsOf(agent);
      return info.uid;
    }, callback),
    cancel: (agent, callback) => system.async(() => {
      detailsOf(agent).cancelled = true;
    }, callback),
    equal: (a, b, callback) => system.async(() => same(a, b), callback),
    getOperationType: (agent, callback) => system.async(() => detailsOf(agent).type, callback),
    trigger(agent, extra, callback) {
      detailsOf(agent);
      trigger(agent, extra).then((details) => {
        callback?.(undefined, {
          wantAgent: agent, want: details.wants[0], finalCode: extra?.code ?? 0, finalData: '', extraInfo: extra?.extraInfos,
        });
      }, (error) => callback?.(error));
    },
    triggerAsync: async (agent, extra) => {
      const details = await trigger(agent, extra);
      return { wantAgent: agent, want: details.wants[0], finalCode: extra?.code ?? 0, finalData: '' };
    },
    // Local agents answer like the others: nothing outside the process keeps them.
    createLocalWantAgent(description) {
      const agent = {};
      agents.set(agent, {
        wants: (description?.wants ?? []).map(wants.normalize), type: description?.operationType ?? 0,
        code: description?.requestCode ?? 0, flags: [], cancelled: false,
      });
      return agent;
    },
  };
})
