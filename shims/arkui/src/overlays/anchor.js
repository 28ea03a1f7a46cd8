// @concord:arkui/overlays/anchor: where something goes that is shown beside another node.
(function () {
  'use strict';

  // By `Placement`: Left, Right, Top, Bottom, TopLeft, TopRight, BottomLeft, BottomRight, LeftTop, LeftBottom, RightTop, RightBottom.
  const SIDES = ['left', 'right', 'top', 'bottom', 'top', 'top', 'bottom', 'bottom', 'left', 'left', 'right', 'right'];
  // How it lies along that side: 0 at the start, 0.5 in the middle, 1 at the end.
  const ALONG = [0.5, 0.5, 0.5, 0.5, 0, 1, 0, 1, 0, 1, 0, 1];
  const OPPOSITE = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' };

  const clamp = (value, low, high) => Math.max(low, Math.min(value, Math.max(low, high)));

  // All in px: the frames of the target and of the window as [x, y, width, height], the size to be placed, the space between.
  // Gives {x, y, side}. The other side is taken when there is more room for it there.
  function placeBeside(target, size, window, placement, space) {
    const [x, y, width, height] = target;
    const [left, top, windowWidth, windowHeight] = window;
    const room = {
      left: x - left - space,
      right: left + windowWidth - (x + width) - space,
      top: y - top - space,
      bottom: top + windowHeight - (y + height) - space,
    };
    const wanted = SIDES[placement] ?? 'bottom';
    const along = ALONG[placement] ?? 0.5;
    const needed = wanted === 'left' || wanted === 'right' ? size.width : size.height;
    const side = room[wanted] < needed && room[OPPOSITE[wanted]] > room[wanted] ? OPPOSITE[wanted] : wanted;
    const beside = {
      left: { x: x - space - size.width, y: y + (height - size.height) * along },
      right: { x: x + width + space, y: y + (height - size.height) * along },
      top: { x: x + (width - size.width) * along, y: y - space - size.height },
      bottom: { x: x + (width - size.width) * along, y: y + height + space },
    }[side];
    return {
      x: clamp(beside.x, left, left + windowWidth - size.width),
      y: clamp(beside.y, top, top + windowHeight - size.height),
      side,
    };
  }

  // The same in words of a display, which finds the place itself: which point of the target (-1, 0, 1 by axis), to where from there,
  // which axes may be turned over, and the space by axis. A target without an extent is a point: any side of it will do.
  function directions([, , width, height], placement, space) {
    const side = SIDES[placement] ?? 'bottom';
    const along = 2 * (ALONG[placement] ?? 0.5) - 1;
    const upright = side === 'top' || side === 'bottom';
    const way = side === 'top' || side === 'left' ? -1 : 1;
    const pick = (across, main) => (upright ? [across, main] : [main, across]);
    const point = width === 0 && height === 0;
    return { side, at: pick(along, way), towards: pick(-along, way), flips: point ? [1, 1] : pick(0, 1), gap: pick(0, space) };
  }

  return { placeBeside, directions };
})
