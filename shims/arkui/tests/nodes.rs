//! Nodes that an app makes itself, with the real tree.

mod common;

use common::real_script_in;

const PACKAGE: &str = "ui/gallery/entry.hap";

/// Runs a script with a window of 300 px, in which `frameNode` shows what it is given.
fn script(body: &str) -> Option<String> {
    let home = tempfile::tempdir().expect("a folder");
    let body = format!(
        "const nodes = require('@concord:arkui/nodes');
         const {{ FrameNode, RenderNode, typeNode, NodeAdapter, ShapeClip, BuilderNode }} = require('@ohos:arkui.node');
         const {{ nodeOf }} = require('@concord:arkui/frame-node');
         const snapshot = require('@ohos:arkui.componentSnapshot');
         const root = nodes.createWindow(300, 300);
         const show = (frameNode) => {{ nodes.append(root, nodeOf(frameNode)); nodes.flush(); }};
         const frames = (ms = 100) => new Promise((done) => setTimeout(done, ms));
         const pixel = (frameNode, x, y) => {{
           const taken = nodes.snapshot(nodeOf(frameNode));
           return [...new Uint8Array(taken.pixels).slice((y * taken.width + x) * 4, (y * taken.width + x) * 4 + 4)].join();
         }};
         {body}"
    );
    real_script_in(PACKAGE, home.path(), &body)
}

#[test]
fn render_nodes_are_drawn_in_a_frame_node() {
    let seen = script(
        "const frame = new FrameNode({});
         frame.commonAttribute.width('100px').height('100px');
         class Dot extends RenderNode {
           draw(context) { this.sizes = [context.sizeInPixel.width, context.size.height].join();
             const { Brush } = require('@ohos:graphics.drawing');
             const brush = new Brush(); brush.setColor({ alpha: 255, red: 0, green: 255, blue: 0 });
             context.canvas.attachBrush(brush); context.canvas.drawRect({ left: 0, top: 0, right: 5, bottom: 5 }); } }
         const dot = new Dot();
         dot.lengthMetricsUnit = 1;
         dot.frame = { x: 10, y: 10, width: 30, height: 30 };
         dot.backgroundColor = 0xffff0000;
         frame.getRenderNode().appendChild(dot);
         show(frame);
         await frames();
         const before = [pixel(frame, 5, 5), pixel(frame, 12, 12), pixel(frame, 30, 30), dot.sizes, frame.getChildrenCount()];
         dot.translation = { x: 50, y: 0 };
         dot.opacity = 0.5;
         const clip = new ShapeClip(); clip.setRectShape({ left: 0, top: 0, right: 10, bottom: 10 });
         dot.shapeClip = clip;
         await frames();
         return [...before, pixel(frame, 12, 12), pixel(frame, 68, 18), pixel(frame, 72, 18),
           dot.getNextSibling() === null, frame.getRenderNode().getFirstChild() === dot].join(' ');",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "0,0,0,0 0,255,0,255 255,0,0,255 30,10 0 0,0,0,0 255,0,0,128 0,0,0,0 true true");
}

#[test]
fn frame_nodes_measure_and_place_their_children() {
    let seen = script(
        "class Diagonal extends FrameNode {
           onMeasure(constraint) {
             for (let index = 0; index < this.getChildrenCount(); index++) {
               this.getChild(index).measure({ maxSize: { width: 40, height: 40 }, minSize: { width: 0, height: 0 },
                 percentReference: { width: 40, height: 40 } });
             }
             this.setMeasuredSize({ width: Math.min(200, constraint.maxSize.width), height: 90 });
           }
           onLayout() {
             for (let index = 0; index < this.getChildrenCount(); index++) {
               this.getChild(index).layout({ x: index * 20, y: index * 30 });
             }
           }
         }
         const diagonal = new Diagonal({});
         const children = [0, 1].map(() => typeNode.createNode({}, 'Column'));
         children.forEach((child) => { child.initialize().width('100%').height('10px'); diagonal.appendChild(child); });
         show(diagonal);
         const { width, height } = diagonal.getMeasuredSize();
         const at = children[1].getLayoutPosition();
         return [width, height, children[0].getMeasuredSize().width, at.x, at.y, diagonal.getNodeType()].join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "200,90,40,20,30,FrameNode");
}

#[test]
fn a_node_adapter_makes_what_is_seen() {
    let seen = script(
        "const made = []; const gone = [];
         class Adapter extends NodeAdapter {
           onCreateChild(index) {
             const item = typeNode.createNode({}, 'ListItem');
             item.initialize().height('100px').width('100%');
             made.push(index);
             return item;
           }
           onDisposeChild(id) { gone.push(id); }
         }
         const list = typeNode.createNode({}, 'List');
         list.initialize({}).width('100%').height('100%').cachedCount(0);
         const adapter = new Adapter();
         adapter.totalNodeCount = 100;
         const attached = NodeAdapter.attachNodeAdapter(adapter, list);
         show(list);
         await frames();
         const first = made.length;
         adapter.removeItem(0, 1);
         await frames();
         return [attached, first < 10, adapter.totalNodeCount, gone[0], adapter.getAllAvailableItems().length === first,
           NodeAdapter.attachNodeAdapter(adapter, list)].join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "true,true,99,0,true,false");
}

#[test]
fn touches_are_posted_into_what_a_builder_made() {
    let seen = script(
        "const log = [];
         const builder = new BuilderNode({});
         const { Column } = globalThis;
         builder.build({ builder() {
           this.observeComponentCreation2(() => { Column.create(); Column.width('50px'); Column.height('50px');
             Column.onClick(() => log.push('click')); }, Column);
           Column.pop(); } });
         const frame = new FrameNode({});
         frame.commonAttribute.width('100px').height('100px').padding({ left: '20px' });
         frame.appendChild(builder.getFrameNode());
         show(frame);
         const post = (type, x) => builder.postTouchEvent({ type, changedTouches: [{ type, id: 0, x, y: 5 }], touches: [] });
         const hits = [post(0, 5), post(1, 5), post(0, 30)];
         return [...hits, ...log].join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "true,true,false,click");
}

#[test]
fn snapshots_keep_to_scale_and_region() {
    let seen = script(
        "const row = typeNode.createNode({}, 'Row');
         row.initialize().width('40px').height('20px').backgroundColor('#ff0000').id('row');
         show(row);
         const whole = await snapshot.get('row', { scale: 2 });
         const part = snapshot.getSync('row', { scale: 1, region: { left: 10, top: 0, right: 20, bottom: 20 } });
         const size = (map) => { const { width, height } = map.getImageInfoSync().size; return `${width}x${height}`; };
         let error = 0;
         try { snapshot.getSync('row', { region: { left: 0, top: 0, right: 400, bottom: 20 } }); } catch ({ code }) { error = code; }
         return [size(whole), size(part), error].join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "80x40,10x20,401");
}

#[test]
fn drags_carry_data_from_source_to_target() {
    let seen = script(
        "const input = require('@concord:arkui/input');
         const log = [];
         const box = (x) => { const node = typeNode.createNode({}, 'Column');
           node.initialize().width('50px').height('50px').position({ x: `${x}px`, y: 0 }); return node; };
         const holder = typeNode.createNode({}, 'Stack');
         holder.initialize().width('300px').height('300px');
         const [source, target] = [box(0), box(200)];
         source.attribute.draggable(true).onDragStart((event) => { event.setData({ getRecords: () => [] }); log.push('start'); })
           .onDragEnd((event) => log.push(`end ${event.getResult()}`));
         target.attribute.allowDrop(['general.image']).onDragEnter(() => log.push('enter')).onDrop((event) => log.push('drop'));
         holder.appendChild(source); holder.appendChild(target);
         show(holder);
         const drag = async () => {
           input.touch(0, 0, 20, 20); await frames(600); input.touch(2, 0, 80, 20); input.touch(2, 0, 220, 20); input.touch(1, 0, 220, 20); };
         await drag();
         target.attribute.allowDrop(undefined).onDrop((event) => { event.setResult(0); log.push(`drop ${event.getWindowX()}`); });
         await drag();
         return log.join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, format!("start,enter,end 1,start,enter,drop {},end 0", 220.0 / 3.0));
}

#[test]
fn observers_hear_of_clicks_and_texts_of_all_nodes() {
    let seen = script(
        "const input = require('@concord:arkui/input');
         const { on } = require('@ohos:arkui.observer');
         const log = [];
         on('willClick', (event, frameNode) => log.push(`will ${frameNode.getId()}`));
         on('didClick', () => log.push('did'));
         on('textChange', (info) => log.push(`text ${info.id} ${info.content}`));
         const column = typeNode.createNode({}, 'Column');
         const button = typeNode.createNode({}, 'Button');
         button.initialize('go').id('go').width('50px').height('50px').onClick(() => log.push('click'));
         const field = typeNode.createNode({}, 'TextInput');
         field.initialize({ text: '' }).id('field').width('200px').height('90px');
         column.initialize();
         column.appendChild(button); column.appendChild(field);
         show(column);
         input.click(nodeOf(button));
         input.requestFocus(nodeOf(field));
         input.text('a');
         await frames();
         return log.join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "will go,click,did,text field a");
}

#[test]
fn handlers_get_objects_of_recognisers() {
    let seen = script(
        "const input = require('@concord:arkui/input');
         const { TapGestureHandler, PanGestureHandler, TapRecognizer } = globalThis;
         const log = [];
         const box = typeNode.createNode({}, 'Column');
         box.initialize().id('box').width('100px').height('100px')
           .onTouchTestDone((event, all) => log.push(all.map((one) => one.getTag()).join('+')))
           .onGestureRecognizerJudgeBegin((event, current, others) => {
             log.push([current.getTag(), current instanceof TapRecognizer, current.getEventTargetInfo().getId(), others.length].join('/'));
             return 0; });
         box.gestureEvent.addGesture(new TapGestureHandler({ count: 1 }).tag('tap').onAction(() => log.push('action')));
         box.gestureEvent.addGesture(new PanGestureHandler().tag('pan'));
         show(box);
         input.touch(0, 0, 10, 10); input.touch(1, 0, 10, 10);
         return log.join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "tap+pan,tap/true/box/1,action");
}

#[test]
fn themes_give_components_their_colours() {
    let seen = script(
        "const { BuilderRoot } = require('@concord:arkui/views/builder-root');
         const { WithTheme, Button, Text } = globalThis;
         const builder = new BuilderRoot(function () {
           this.observeComponentCreation2(() => { WithTheme.create({ theme: { colors: { brand: '#ff112233', fontPrimary: '#ff445566' } } }); }, WithTheme);
           this.observeComponentCreation2(() => { Button.createWithLabel('a'); Button.id('themed'); }, Button);
           Button.pop();
           this.observeComponentCreation2(() => { Text.create('b'); Text.id('own'); Text.fontColor('#ff000001'); }, Text);
           Text.pop();
           WithTheme.pop();
           this.observeComponentCreation2(() => { Button.createWithLabel('c'); Button.id('plain'); }, Button);
           Button.pop(); });
         builder.build(undefined, root);
         nodes.flush();
         const attribute = (id, name) => JSON.parse(nodes.inspect(nodes.findByKey(id), false)).$attrs[name];
         const theme = require('@concord:arkui/theme');
         const { box, color } = require('@concord:arkui/overlays/box');
         // What is opened from there, before it has a place in the tree.
         const dialog = theme.from(nodes.findByKey('themed'), () => box('Text', ['d'], { backgroundColor: color('ohos_id_color_text_primary') }));
         const { fontColor, backgroundColor } = JSON.parse(nodes.inspect(dialog, false)).$attrs;
         return [attribute('themed', 'backgroundColor'), attribute('own', 'fontColor'), fontColor, backgroundColor,
           attribute('plain', 'backgroundColor')].join();",
    );
    let Some(seen) = seen else { return };
    let plain = seen.split(',').next_back().unwrap_or_default();
    assert_ne!(plain, "#FF112233", "the theme ends with its component");
    assert!(seen.starts_with("#FF112233,#FF000001,#FF445566,#FF445566,"), "{seen}");
}

#[test]
fn what_accessibility_says_is_seen_by_tools() {
    let seen = script(
        "const box = typeNode.createNode({}, 'Column');
         box.initialize().id('box').width('10px').height('10px').accessibilityText('a box').accessibilityLevel('yes').accessibilityGroup(true)
           .accessibilityChecked(true).accessibilityDescription('described');
         show(box);
         const { $attrs } = JSON.parse(nodes.inspect(nodeOf(box), false));
         const [{ children: [widget] }] = JSON.parse(require('@concord:arkui/input').widgets()).slice(-1);
         return [$attrs.accessibilityText, $attrs.accessibilityLevel, $attrs.accessibilityGroup, widget.checked, widget.checkable,
           widget.description].join();",
    );
    let Some(seen) = seen else { return };
    assert_eq!(seen, "a box,yes,true,true,true,described");
}
