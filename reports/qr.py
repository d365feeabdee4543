"""QR codes of the papers: the modules of a code, and the code as a picture."""

import segno

QUIET = 4  # modules of white around a code
PRINTED_MM = 15.5  # a code with its quiet zone


def module_runs(text: str) -> tuple[list[tuple[int, int, int]], int]:
    """Black runs `(column, row, length)` of the code of `text`, and its side.

    Level M, never a micro code; columns and rows count modules from the top left,
    without the quiet zone. Text in capitals, digits and -./: packs tightest.
    """
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    runs = []
    for y, row in enumerate(rows):
        start = None
        for x, module in enumerate((*row, 0)):
            if module and start is None:
                start = x
            elif not module and start is not None:
                runs.append((start, y, x - start))
                start = None
    return runs, len(rows)


def footer_svg(text: str) -> str:
    """The code for the right end of the footer: its black edge on the margin.

    The quiet zone right of it is the margin of the page, so it is not drawn.
    """
    runs, side = module_runs(text)
    return _svg(runs, (-QUIET, -QUIET, side + QUIET, side + 2 * QUIET), side)


def svg(text: str) -> str:
    """The code with its whole quiet zone, for use inside a paper."""
    runs, side = module_runs(text)
    return _svg(runs, (-QUIET, -QUIET, side + 2 * QUIET, side + 2 * QUIET), side)


def _svg(runs: list[tuple[int, int, int]], box: tuple[int, ...], side: int) -> str:
    module = PRINTED_MM / (side + 2 * QUIET)
    width, height = box[2] * module, box[3] * module
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.3f}mm" '
        f'height="{height:.3f}mm" viewBox="{" ".join(map(str, box))}">'
        f'<path d="{path}"/></svg>'
    )
