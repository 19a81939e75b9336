namespace IncidentHub.Browser.Tests.Support;

/// <summary>What can be checked of accessibility by reading the page: names, labels, headings, landmarks, contrast of text on its ground.</summary>
public static class A11y
{
    // Colours are read after light-dark() is resolved, through a canvas; half-transparent grounds are blended in their order.
    private const string Script = """
        () => {
          const found = [], seen = e => e.offsetParent !== null || getComputedStyle(e).position === 'fixed';
          const say = (what, e) => found.push(what + ': ' + e.outerHTML.slice(0, 140));
          if (document.documentElement.lang !== 'en') found.push('no language');
          if (!document.title) found.push('no title');
          if (document.querySelectorAll('h1').length !== 1) found.push('headings of the first level: ' + document.querySelectorAll('h1').length);
          if (document.querySelectorAll('main').length !== 1) found.push('not one main landmark');
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of new Set(ids.filter((x, i) => ids.indexOf(x) !== i))) found.push('id twice: ' + id);
          const named = e => (e.getAttribute('aria-label') || e.getAttribute('title') || e.textContent || '').trim() || (e.getAttribute('aria-labelledby') ?? '').split(' ').some(i => document.getElementById(i)?.textContent.trim());
          for (const e of document.querySelectorAll('a[href], button, [role=button]')) if (seen(e) && !named(e)) say('without a name', e);
          for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) if (!e.labels?.length && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby')) say('without a label', e);
          for (const e of document.querySelectorAll('img:not([alt]), svg:not([aria-hidden]):not([role])')) say('picture without words', e);
          for (const e of document.querySelectorAll('[role=img]:not([aria-label], [aria-hidden=true])')) say('picture without words', e);
          for (const e of document.querySelectorAll('[aria-describedby]')) for (const i of e.getAttribute('aria-describedby').split(' ')) if (!document.getElementById(i)) say('described by nothing', e);
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
          const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
          const ground = e => { const all = []; for (let n = e; n; n = n.parentElement) { const c = rgba(getComputedStyle(n).backgroundColor); if (c[3] > 0) { all.unshift(c); if (c[3] === 1) break; } } return all.reduce((under, top) => over(top, under), [255, 255, 255, 1]); };
          const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
          for (const e of document.querySelectorAll('body *')) {
            if (!seen(e) || e.closest('svg, [aria-hidden=true], :disabled, .visually-hidden, .skip') || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            const style = getComputedStyle(e), under = ground(e), text = over(rgba(style.color), under);
            const [a, b] = [light(text), light(under)], ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && +style.fontWeight >= 700);
            if (ratio < (large ? 3 : 4.5)) say('contrast ' + ratio.toFixed(2), e);
          }
          return [...new Set(found)].slice(0, 20);
        }
        """;

    /// <summary>What is wrong, in words; empty where nothing is.</summary>
    public static async Task<string[]> FaultsAsync(IPage page) => await page.EvaluateAsync<string[]>(Script);

    /// <summary>How many pixels the page is wider than the window.</summary>
    public static Task<int> OverflowAsync(IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
}
