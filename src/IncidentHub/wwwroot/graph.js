// Layered graphs: the focus moves by arrow keys, the view by dragging and scrolling, the zoom by buttons, keys and Ctrl with the wheel.
// All of it is in the browser: a way to the hub and back for each key would be felt.
(() => {
  const least = .2, most = 2;
  const of = e => e.target.closest?.("[data-graph]");
  const view = graph => graph.querySelector(".view");
  const scale = graph => Number(graph.style.getPropertyValue("--graph-zoom")) || 1;
  const zoom = (graph, to) => {
    const box = view(graph), was = scale(graph), now = Math.min(most, Math.max(least, to));
    // What is in the middle, or has the focus, stays where it is.
    const [x, y] = [box.scrollLeft + box.clientWidth / 2, box.scrollTop + box.clientHeight / 2];
    graph.style.setProperty("--graph-zoom", now);
    [box.scrollLeft, box.scrollTop] = [x * now / was - box.clientWidth / 2, y * now / was - box.clientHeight / 2];
    const node = document.activeElement.closest?.("a.node");
    if (node && graph.contains(node)) node.scrollIntoView({ block: "nearest", inline: "nearest" });
    const text = graph.querySelector("[data-graph-scale]").firstChild;
    if (text) text.data = `${Math.round(now * 100)} %`;
  };
  const middle = e => { const box = e.getBoundingClientRect(); return box.top + box.height / 2; };
  const natural = graph => parseFloat(graph.querySelector("svg").style.getPropertyValue("--graph-width"));
  // All of it in sight, for an overview; at first only as small as names can be read.
  const fit = (graph, readable) => {
    const box = view(graph), svg = graph.querySelector("svg").viewBox.baseVal;
    const whole = Math.min(box.clientWidth / svg.width, parseFloat(getComputedStyle(box).maxHeight) / svg.height || 1, 1);
    zoom(graph, readable ? Math.max(.8, Math.min(1, box.clientWidth / natural(graph))) : whole * .99);
    // It begins where the graph does: at the exposed data.
    const first = readable && (graph.querySelector("a.node.bad") ?? graph.querySelector("a.node"));
    if (first) box.scrollTop += middle(first) - middle(box);
  };
  const nodes = graph => [...graph.querySelectorAll("a.node")];
  const focus = (graph, node) => {
    if (!node) return;
    for (const n of nodes(graph)) n.tabIndex = n === node ? 0 : -1;
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const nearest = (list, node) => list.sort((a, b) => Math.abs(middle(a) - middle(node)) - Math.abs(middle(b) - middle(node)))[0];
  // To what it is connected with; where nothing is, to the next layer on that side.
  const aside = (graph, node, step) => {
    const key = node.dataset.node, layer = n => Number(n.dataset.layer), all = nodes(graph);
    const keys = new Set([...graph.querySelectorAll("path.edge")]
      .filter(e => (step > 0 ? e.dataset.from : e.dataset.to) === key).map(e => step > 0 ? e.dataset.to : e.dataset.from));
    const beyond = all.filter(n => (layer(n) - layer(node)) * step > 0), joined = beyond.filter(n => keys.has(n.dataset.node));
    if (joined.length) return nearest(joined, node);
    const next = Math.min(...beyond.map(n => (layer(n) - layer(node)) * step));
    return nearest(beyond.filter(n => (layer(n) - layer(node)) * step === next), node);
  };
  const column = (graph, node) => nodes(graph).filter(n => n.dataset.layer === node.dataset.layer)
    .sort((a, b) => a.dataset.row - b.dataset.row);
  document.addEventListener("keydown", e => {
    const graph = of(e), node = e.target.closest?.("a.node");
    if (!graph || e.ctrlKey || e.metaKey || e.altKey) return;
    const act = {
      "+": () => zoom(graph, scale(graph) * 1.25), "=": () => zoom(graph, scale(graph) * 1.25), "-": () => zoom(graph, scale(graph) / 1.25),
      "0": () => fit(graph),
      ...node && {
        ArrowRight: () => focus(graph, aside(graph, node, 1)), ArrowLeft: () => focus(graph, aside(graph, node, -1)),
        ArrowDown: () => focus(graph, column(graph, node)[column(graph, node).indexOf(node) + 1]),
        ArrowUp: () => focus(graph, column(graph, node)[column(graph, node).indexOf(node) - 1]),
        Home: () => focus(graph, column(graph, node)[0]), End: () => focus(graph, column(graph, node).at(-1)),
      },
    }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  document.addEventListener("click", e => {
    const kind = e.target.closest?.("[data-graph-zoom]")?.dataset.graphZoom, graph = of(e);
    if (!kind) return;
    if (kind === "fit") fit(graph); else zoom(graph, kind === "full" ? 1 : scale(graph) * (kind === "in" ? 1.25 : .8));
  });
  document.addEventListener("wheel", e => {
    const graph = of(e);
    if (!graph || !(e.ctrlKey || e.metaKey) || !e.target.closest(".view")) return;
    e.preventDefault();
    zoom(graph, scale(graph) * (e.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  // The edges of the node that is pointed at, or has the focus, stand out.
  for (const [type, on] of [["focusin", true], ["focusout", false], ["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(type, e => {
      const node = e.target.closest?.("[data-graph] a.node");
      if (!node) return;
      for (const edge of node.closest("svg").querySelectorAll("path.edge"))
        if (edge.dataset.from === node.dataset.node || edge.dataset.to === node.dataset.node) edge.classList.toggle("near", on);
    });
  }
  // A finger scrolls by itself.
  document.addEventListener("pointerdown", e => {
    const box = e.button === 0 && e.pointerType === "mouse" && !e.target.closest?.("a.node") && e.target.closest?.("[data-graph] .view");
    if (!box) return;
    const [x, y, left, top] = [e.clientX, e.clientY, box.scrollLeft, box.scrollTop];
    const move = m => { [box.scrollLeft, box.scrollTop] = [left - m.clientX + x, top - m.clientY + y]; };
    const end = () => { document.removeEventListener("pointermove", move); document.removeEventListener("pointerup", end); };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
  });
  window.hub.fitGraph = graph => fit(graph, true);
})();
