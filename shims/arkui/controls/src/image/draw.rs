//! How an image is drawn in its content box.

use super::State;
use concord_paint::kurbo::Affine;
use concord_paint::{Filter, LayerStyle, Painter};
use concord_ui::scene::{self, kurbo_rect, nine_parts, tiles};
use concord_ui::tree::{NodeId, Tree};

pub(super) fn paint(tree: &Tree, node: NodeId, painter: &mut Painter) {
    let (Some(state), Some(entry)) = (tree.state::<State>(node), tree.get(node)) else { return };
    let (Some(loaded), Some(own)) = (state.shown(), state.own_size()) else { return };
    let content = entry.layout.content();
    let target = state.fit.place(own, content.size).translate(content.origin);
    let fill = state.fill.filter(|_| loaded.is_vector());
    let Some(picture) = loaded.picture(target.size.width, target.size.height, fill) else { return };
    painter.save();
    // Round corners cut the picture, too.
    painter.clip_rounded(scene::outline_of(tree, node));
    painter.clip_rect(kurbo_rect(&content));
    if state.mirrored && tree.is_right_to_left(node) {
        let middle = f64::from(content.origin.x + content.size.width / 2.0);
        painter.transform(Affine::new([-1.0, 0.0, 0.0, 1.0, 2.0 * middle, 0.0]));
    }
    let mut filters = Vec::new();
    if state.template {
        filters.push(Filter::Grayscale(1.0));
    }
    if let Some(matrix) = &state.color_filter {
        filters.push(Filter::Matrix(**matrix));
    }
    let layered = !filters.is_empty();
    if layered {
        painter.push_layer(LayerStyle { filters, ..LayerStyle::default() });
    }
    let sampling = state.sampling.unwrap_or_default();
    let (repeat_x, repeat_y) = state.repeat;
    if (repeat_x || repeat_y) && !loaded.is_vector() {
        tiles(&picture, &target, &content, (repeat_x, repeat_y), sampling, painter);
    } else if let Some(slices) = &state.slices {
        let insets = slices.each_ref().map(|length| length.to_px(&tree.environment));
        nine_parts(&picture, &target, insets, sampling, painter);
    } else {
        painter.picture(&picture, picture.rect(), kurbo_rect(&target), sampling, None);
    }
    if layered {
        painter.pop_layer();
    }
    painter.restore();
}
