// The editor of a draft: a toolbar over a document that knows headings, lists, tables, emphasis and links, nothing
// else. Without it the body is a plain text area and everything still works.
const csrf = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;

// What is typed and not saved stays in this window, under the address of the draft, until it is saved, thrown away or
// somebody signs out (enhance.js).
const keep = (form) => {
  const key = `draft:${form.dataset.draft}`;
  const seen = () => form.elements.seen.value;
  const fields = () => [...form.elements].filter(
    (one) => one.name && !["csrfmiddlewaretoken", "seen", "began"].includes(one.name) && one.type !== "submit" && !one.closest("[data-tools]"),
  );
  const read = () => fields().filter((one) => !/radio|checkbox/.test(one.type) || one.checked).map((one) => [one.name, one.value]);
  let dirty = false;
  let timer = 0;
  const store = (sent) => sessionStorage.setItem(key, JSON.stringify({ seen: seen(), sent, fields: read() }));
  const touched = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => store(false), 400);
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", () => { clearTimeout(timer); if (dirty) store(true); dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  // What was refused came back with all that was typed: nothing to restore, and still to be saved.
  if (document.querySelector(".summary-errors")) touched();
  // Sent, and the draft has moved on since: it was saved.
  else if (kept && kept.sent && kept.seen !== seen()) sessionStorage.removeItem(key);
  else if (kept && JSON.stringify(kept.fields) !== JSON.stringify(read())) offer(kept);

  function offer(found) {
    const bar = document.createElement("div");
    bar.className = "notice notice-ask row";
    bar.setAttribute("role", "status");
    bar.append(form.dataset.restore);
    for (const [words, act] of [[form.dataset.restoreYes, restore], [form.dataset.restoreNo, forget]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = words;
      button.addEventListener("click", () => { bar.remove(); act(found); });
      bar.append(button);
    }
    form.before(bar);
  }
  function forget() { sessionStorage.removeItem(key); }
  function restore(found) {
    const values = new Map(found.fields);
    for (const one of fields()) {
      if (/radio|checkbox/.test(one.type)) one.checked = found.fields.some(([n, v]) => n === one.name && v === one.value);
      else if (values.has(one.name)) one.value = values.get(one.name);
    }
    form.dispatchEvent(new CustomEvent("restored"));
    touched();
  }
  return touched;
};

const build = async (area, form, touched) => {
  const lib = await import(area.dataset.engine);
  const textarea = area.querySelector("textarea");
  area.prepend(area.querySelector("[data-tools]").content.cloneNode(true));
  const [bar, tableBar, linkBar] = area.querySelectorAll(".tools");
  const status = area.querySelector("[data-status]");
  const surface = document.createElement("div");
  textarea.before(surface);
  textarea.hidden = true;

  // Without widths: they would be inline styles, which our security policy refuses and the cleaning takes away.
  const plainTable = lib.Table.extend({
    renderHTML: ({ HTMLAttributes }) => ["table", { ...HTMLAttributes, style: null }, ["tbody", 0]],
  });
  const editor = new lib.Editor({
    element: surface,
    content: textarea.value,
    injectCSS: false,
    editable: !textarea.readOnly,
    extensions: [
      lib.Document, lib.Paragraph, lib.Text, lib.HardBreak, lib.History, lib.Gapcursor, lib.Dropcursor,
      lib.Heading.configure({ levels: [2, 3, 4] }), lib.Bold, lib.Italic, lib.Underline, lib.Subscript, lib.Superscript,
      lib.BulletList, lib.OrderedList, lib.ListItem, lib.Blockquote, plainTable, lib.TableRow, lib.TableHeader,
      lib.TableCell, lib.Link.configure({ openOnClick: false, autolink: false, linkOnPaste: false }),
    ],
    editorProps: {
      attributes: {
        role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label", class: "prose-area", lang: "zh-Hans",
      },
    },
    onUpdate: () => { textarea.value = editor.isEmpty ? "" : editor.getHTML(); touched(); },
    onTransaction: () => show(),
  });
  document.getElementById("body-label").addEventListener("click", () => editor.commands.focus());
  form.addEventListener("restored", () => editor.commands.setContent(textarea.value));

  // Before the editor sees it: reading it in would already run into the security policy.
  surface.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html || !editor.isEditable) return;
    event.preventDefault();
    event.stopPropagation();
    insert(html, event.clipboardData.getData("text/plain"));
  }, true);

  // What a word processor put on the clipboard is cleaned by the server, by the same rules as when it is saved.
  async function insert(html, plain) {
    status.textContent = status.dataset.cleaning;
    try {
      const answer = await fetch(area.dataset.paste, {
        method: "POST", headers: { "X-CSRFToken": csrf(form) }, body: new URLSearchParams({ html }),
      });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.refused);
      editor.chain().focus().insertContent(said.html).run();
      status.textContent = status.dataset.cleaned;
    } catch (error) {
      editor.chain().focus().insertContent(plain.split(/\n+/).map((line) => ({ type: "paragraph", content: line ? [{ type: "text", text: line }] : [] }))).run();
      status.textContent = error.message && !(error instanceof SyntaxError) && !(error instanceof TypeError) ? error.message : status.dataset.failed;
    }
  }

  const tools = {
    bold: (c) => c.toggleBold(), italic: (c) => c.toggleItalic(), underline: (c) => c.toggleUnderline(),
    bulletList: (c) => c.toggleBulletList(), orderedList: (c) => c.toggleOrderedList(), blockquote: (c) => c.toggleBlockquote(),
    undo: (c) => c.undo(), redo: (c) => c.redo(), table: (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    addRowAfter: (c) => c.addRowAfter(), deleteRow: (c) => c.deleteRow(), addColumnAfter: (c) => c.addColumnAfter(),
    deleteColumn: (c) => c.deleteColumn(), mergeOrSplit: (c) => c.mergeOrSplit(), toggleHeaderRow: (c) => c.toggleHeaderRow(),
    deleteTable: (c) => c.deleteTable(), unsetLink: (c) => c.extendMarkRange("link").unsetLink(),
    setLink: (c) => c.extendMarkRange("link").setLink({ href: linkBar.querySelector("[data-href]").value.trim() }),
  };
  area.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-tool]");
    if (!button) return;
    const tool = button.dataset.tool;
    if (tool === "link") {
      linkBar.hidden = !linkBar.hidden;
      const field = linkBar.querySelector("[data-href]");
      field.value = editor.getAttributes("link").href || "";
      if (!linkBar.hidden) field.focus();
      return;
    }
    if (tool === "setLink" && !/^(https?:\/\/|mailto:|\/)/.test(linkBar.querySelector("[data-href]").value.trim())) return;
    tools[tool](editor.chain().focus()).run();
    if (tool.endsWith("Link")) linkBar.hidden = true;
  });
  linkBar.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); linkBar.querySelector("[data-tool=setLink]").click(); }
    if (event.key === "Escape") { linkBar.hidden = true; editor.commands.focus(); }
  });
  const block = bar.querySelector("[data-block]");
  block.addEventListener("change", (event) => {
    event.stopPropagation();
    const chain = editor.chain().focus();
    (block.value === "p" ? chain.setParagraph() : chain.setHeading({ level: Number(block.value) })).run();
  });
  function show() {
    for (const name of ["bold", "italic", "underline", "bulletList", "orderedList", "blockquote", "link"]) {
      bar.querySelector(`[data-tool=${name}]`).setAttribute("aria-pressed", String(editor.isActive(name)));
    }
    const level = [2, 3, 4].find((n) => editor.isActive("heading", { level: n }));
    block.value = level ? String(level) : "p";
    tableBar.hidden = !editor.isActive("table");
  }
  show();
  area.dataset.ready = "yes";
};

const form = document.querySelector("form[data-draft]");
if (form) {
  const touched = keep(form);
  const area = form.querySelector("[data-prose]");
  if (area) build(area, form, touched).catch(() => { area.querySelector("textarea").hidden = false; });
}

// What the catalogue says of the item that is chosen.
document.addEventListener("change", async (event) => {
  const place = event.target.closest("[data-item-card]");
  const card = document.getElementById("item-card");
  if (!place || !card) return;
  const answer = await fetch(`${place.dataset.itemCard}?item=${encodeURIComponent(event.target.value)}`);
  if (answer.ok) card.outerHTML = await answer.text();
});
