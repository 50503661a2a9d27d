namespace ExecutionDashboard.Benchmarks.Browser;

/// <summary>What is run in the page to measure it.</summary>
internal static class Scripts
{
    /// <summary>Milliseconds from the navigation until a frame with a row in it was on the screen.</summary>
    public const string FirstRows = """
        () => new Promise(done => {
          const drawn = () => performance.getEntriesByName('first-contentful-paint').length && document.querySelector('tr[data-index] .name');
          const look = () => drawn() ? done(performance.now()) : requestAnimationFrame(look);
          look();
        })
        """;

    /// <summary>Milliseconds from the navigation until a row takes clicks and follows its execution.</summary>
    public const string LiveRows = """
        () => new Promise(done => {
          const live = () => document.querySelector('main:not([inert]) tr[data-index] .name') && !document.getElementById('boot');
          if (live()) return done(performance.now());
          new MutationObserver((_, observer) => { if (live()) { observer.disconnect(); done(performance.now()); } }).observe(document, { childList: true, subtree: true, attributes: true });
        })
        """;

    /// <summary>Notes each mark that comes into the document, with the time of day in milliseconds.</summary>
    public const string WatchMarks = """
        () => {
          window.seenMarks = [];
          let last = 0;
          window.markObserver?.disconnect();
          window.markObserver = new MutationObserver(() => {
            for (const [, digits] of document.querySelector('.rows').textContent.matchAll(/mark-(\d{6})/g))
              if (+digits > last) { last = +digits; window.seenMarks.push([last, performance.timeOrigin + performance.now()]); }
          });
          for (const [, digits] of document.querySelector('.rows').textContent.matchAll(/mark-(\d{6})/g)) last = Math.max(last, +digits);
          window.markObserver.observe(document.querySelector('.rows'), { childList: true, subtree: true, characterData: true });
        }
        """;

    /// <summary>Notes tasks over 50 ms.</summary>
    public const string WatchLongTasks = """
        () => { window.longTasks = []; new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(e => e.duration))).observe({ entryTypes: ['longtask'] }); }
        """;

    /// <summary>Scrolls the list and notes the length of each frame, and in how many no row was on the screen.</summary>
    public const string Scroll = """
        ({ ms, pixelsPerSecond }) => new Promise(done => {
          const list = document.querySelector('.rows'), deltas = [], start = performance.now();
          let last = start, blank = 0;
          const step = now => {
            deltas.push(now - last);
            last = now;
            list.scrollTop = (now - start) / 1000 * pixelsPerSecond;
            const box = list.getBoundingClientRect();
            if (!document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest('tr[data-index]')) blank++;
            if (now - start < ms) requestAnimationFrame(step); else done({ deltas: deltas.slice(1), blank });
          };
          requestAnimationFrame(step);
        })
        """;

    /// <summary>Notes the length of each frame for some milliseconds.</summary>
    public const string Frames = """
        ms => new Promise(done => {
          const deltas = [], start = performance.now();
          let last = start;
          const step = now => {
            deltas.push(now - last);
            last = now;
            if (now - start < ms) requestAnimationFrame(step); else done(deltas.slice(1));
          };
          requestAnimationFrame(step);
        })
        """;
}
