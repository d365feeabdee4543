/* A point on a map beside two typed fields: <div data-map data-lat="id" data-lon="id" data-center data-tiles>. */

const BASE = new URL("../vendor/leaflet/", import.meta.url);
const INDONESIA = [-2.5, 118];

function loadLeaflet() {
  if (window.L) return Promise.resolve();
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("leaflet.css", BASE);
  const script = document.createElement("script");
  script.src = new URL("leaflet.js", BASE);
  const ready = new Promise((done, fail) => Object.assign(script, { onload: done, onerror: fail }));
  document.head.append(sheet, script);
  return ready;
}

/* Without a tile server: a plain grid, so that moving and zooming can be seen. */
function grid(L) {
  const Grid = L.GridLayer.extend({
    createTile() {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 256;
      const pen = tile.getContext("2d");
      pen.strokeStyle = "#c9c0ae";
      for (let at = 0; at < 256; at += 64) {
        pen.strokeRect(at + 0.5, -1, 64, 258);
        pen.strokeRect(-1, at + 0.5, 258, 64);
      }
      return tile;
    },
  });
  return new Grid();
}

const read = (input) => Number(input.value.replace(",", ".")) || 0;

export async function start(box) {
  const lat = document.getElementById(box.dataset.lat);
  const lon = document.getElementById(box.dataset.lon);
  await loadLeaflet();
  box.hidden = false;
  box.nextElementSibling?.toggleAttribute("hidden", false);
  const L = window.L;
  const typed = () => (lat.value.trim() && lon.value.trim() ? [read(lat), read(lon)] : null);
  const center = box.dataset.center?.split(",").map(Number);
  const map = L.map(box, { attributionControl: false, zoomControl: false });
  map.setView(typed() || center || INDONESIA, typed() || center ? 16 : 5);
  (box.dataset.tiles ? L.tileLayer(box.dataset.tiles, { maxZoom: 19 }) : grid(L)).addTo(map);
  L.control.zoom({ zoomInTitle: "Perbesar", zoomOutTitle: "Perkecil" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const pin = L.marker(map.getCenter(), { draggable: true, icon: L.divIcon({ className: "dot" }), alt: "Titik yang dipilih" });
  if (typed()) pin.addTo(map);

  const take = ({ lat: north, lng: east }) => {
    lat.value = north.toFixed(6).replace(".", ",");
    lon.value = east.toFixed(6).replace(".", ",");
    pin.setLatLng([north, east]).addTo(map);
    lat.dispatchEvent(new Event("input", { bubbles: true }));
  };
  map.on("click", (event) => take(event.latlng));
  pin.on("dragend", () => take(pin.getLatLng()));
  const follow = () => {
    const point = typed();
    if (!point) return;
    pin.setLatLng(point).addTo(map);
    map.setView(point, Math.max(map.getZoom(), 15));
  };
  lat.addEventListener("change", follow);
  lon.addEventListener("change", follow);
}
