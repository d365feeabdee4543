/* How the state of a draft is said: [data-save-state], [data-save-note] and [data-peers]. */

const KEPT = "Tersimpan di perangkat ini. Dikirim sendiri begitu ada sinyal.";

export function makeVoice(form) {
  const find = (hook) => form.querySelector(`[${hook}]`) || document.querySelector(`[${hook}]`);
  const state = find("data-save-state");
  const note = find("data-save-note");
  const peerBox = find("data-peers");

  // A note stays while it is true: replaced under the pointer, its link would lose the click.
  let said = "";

  function say(text, { wait = false, more = "", link = null, act = null, keep = false } = {}) {
    if (state) {
      state.hidden = !text;
      state.textContent = text;
      state.classList.toggle("save-wait", wait);
    }
    const saying = JSON.stringify([more, link, act]);
    if (!note || keep || saying === said) return;
    said = saying;
    note.replaceChildren(more);
    if (link) note.append(" ", Object.assign(document.createElement("a"), { href: link.url, textContent: link.text }));
    for (const [label, doing] of act || []) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet btn-sm", textContent: label });
      button.addEventListener("click", doing);
      note.append(" ", button);
    }
  }

  return {
    say,
    saving: () => say("Menyimpan…", { keep: true }),
    saved: (at) => say(at ? `Tersimpan ${at}` : "Tersimpan"),
    waiting: (count, kept) => say(`Belum terkirim (${count})`, { wait: true, more: kept ? KEPT : "" }),
    restored: () => say("Dipulihkan", { more: "Tulisan yang belum terkirim dari perangkat ini sudah dimasukkan lagi." }),
    signIn: (url, count) =>
      say(`Belum terkirim (${count})`, {
        wait: true,
        more: "Masuk lagi untuk melanjutkan. Tulisan Anda tetap ada.",
        link: { url, text: "Masuk" },
      }),
    conflict: ({ changed_at: at, changed_by: by, compare_url: url }) =>
      say("Belum terkirim", {
        wait: true,
        more: `Diubah${at ? ` ${at}` : ""}${by ? ` oleh ${by}` : ""} saat Anda menulis.`,
        link: url ? { url, text: "Bandingkan keduanya" } : null,
      }),
    stale: (use, drop) =>
      say("Belum terkirim", {
        wait: true,
        more: "Perangkat ini menyimpan tulisan Anda, tetapi catatan ini sudah berubah sesudahnya.",
        act: [["Pakai tulisan saya", use], ["Buang", drop]],
      }),
    peers(peers) {
      if (!peerBox) return;
      peerBox.hidden = !peers.length;
      peerBox.replaceChildren(...peers.flatMap(person));
    },
  };
}

function person({ name, part, since, same }) {
  const names = name.split(",")[0].split(" ").filter((word) => word && !word.endsWith("."));
  const face = document.createElement("span");
  face.className = "face face-s face-b";
  face.setAttribute("aria-hidden", "true");
  face.textContent = (names[0][0] + (names.length > 1 ? names.at(-1)[0] : "")).toUpperCase();
  const line = document.createElement("span");
  const place = same ? "bagian yang sama" : part || "catatan ini";
  const end = same ? "Yang menyimpan terakhir diminta membandingkan." : "Tulisan Anda berdua tidak saling menimpa.";
  line.textContent = `${name} sedang mencatat ${place}${since ? ` sejak ${since}` : ""}. ${end}`;
  return [face, line];
}
