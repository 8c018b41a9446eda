"""Opens pages in a browser without a window and says whether one is wider than its window: at the width of a telephone and of a desk, in a frame of that width, which a page of
ours measures. Usage: narrow.py FILE… (in a folder that may be written)"""
import os
import re
import subprocess
import sys
import tempfile

WIDTHS = (360, 1280)
# The page itself runs no script: the one around it reads its sizes. A box that scrolls by itself may hold more than it shows.
MEASURE = """<!DOCTYPE html><iframe src="%s" style="border:0;width:%dpx;height:900px"></iframe><pre>waiting</pre><script>
onload = () => {
  const view = document.querySelector("iframe").contentWindow, page = view.document, wide = [];
  const scrolls = element => element.closest(".scrolls");
  for (const element of page.querySelectorAll("body *"))
    if (!scrolls(element) && element.getBoundingClientRect().right > view.innerWidth + 0.5) wide.push(element.tagName + "." + element.getAttribute("class"));
  const ran = page.querySelectorAll("script").length;
  document.querySelector("pre").textContent = `window ${view.innerWidth}, page ${page.scrollingElement.scrollWidth}, too wide: ${[...new Set(wide)].join(" ") || "none"}, scripts: ${ran}`;
};
</script>"""


def measured(path, width):
    with tempfile.TemporaryDirectory() as folder:
        wrapper = os.path.join(folder, "wrapper.html")
        open(wrapper, "w").write(MEASURE % ("file://" + os.path.abspath(path), width))
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--user-data-dir=" + os.path.join(folder, "profile"),
                   "--window-size=1400,1000", "--virtual-time-budget=20000", "--dump-dom", "file://" + wrapper]
        dom = subprocess.run(command, capture_output=True, text=True, timeout=300).stdout
    found = re.search(r"<pre>(.*?)</pre>", dom)
    return found[1] if found else "nothing was measured"


def main(*paths):
    wrong = 0
    for path in paths:
        for width in WIDTHS:
            text = measured(path, width)
            print(f"{os.path.basename(path)} at {width}: {text}")
            sizes = re.match(r"window (\d+), page (\d+), too wide: none, scripts: 0$", text)
            wrong += not sizes or int(sizes[1]) > width or int(sizes[2]) > int(sizes[1])
    print(f"{len(paths)} pages, {wrong} too wide")
    return 1 if wrong or not paths else 0


sys.exit(main(*sys.argv[1:]))
