/* Watches long work: <div data-job-url> with a progress, [data-job-percent] and [data-job-text]. */

const EVERY = 2000;

export function start(box) {
  const meter = box.querySelector("progress");
  const percent = box.querySelector("[data-job-percent]");
  const text = box.querySelector("[data-job-text]");
  let misses = 0;

  async function look() {
    if (!box.isConnected) return;
    try {
      const answer = await fetch(box.dataset.jobUrl, { headers: { Accept: "application/json" } });
      const job = await answer.json();
      misses = 0;
      meter.value = job.percent;
      if (percent) percent.textContent = job.percent;
      const said = job.note || (job.total ? `${job.done} dari ${job.total}` : job.label);
      if (text && said && text.textContent !== said) text.textContent = said;
      if (!job.open) {
        location.reload();
        return;
      }
    } catch {
      misses += 1;
    }
    setTimeout(look, EVERY * Math.min(1 + misses, 15));
  }

  setTimeout(look, EVERY);
}
