using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>Runs axe-core on a page, in both themes, and checks that the page fits its window.</summary>
public static class A11y
{
    private static readonly Lazy<string> Axe =
        new(() => File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "node", "node_modules", "axe-core", "axe.min.js")));

    // WCAG 2.2 AA and axe's best practices; minor and moderate findings are excluded.
    private const string Run = """
        async () => {
          const found = [], root = document.documentElement, chosen = root.dataset.theme;
          for (const theme of ['light', 'dark']) {
            root.dataset.theme = theme;
            // Transitions between themes and openings are finished first, so that final colours and sizes are measured.
            for (const a of document.getAnimations()) if (a.effect.getComputedTiming().endTime !== Infinity) a.finish();
            const { violations } = await axe.run(document, { resultTypes: ['violations'] });
            for (const v of violations) if (v.impact === 'serious' || v.impact === 'critical')
              for (const n of v.nodes.slice(0, 5)) found.push(`${theme}: ${v.id}: ${n.target.join(' ')}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`);
          }
          if (chosen) root.dataset.theme = chosen; else delete root.dataset.theme;
          return found;
        }
        """;

    /// <summary>Serious and critical violations, as text; empty if there are none.</summary>
    public static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe.Value);
        return await page.EvaluateAsync<string[]>(Run);
    }

    /// <summary>How many pixels the page is wider than the window.</summary>
    public static Task<int> OverflowAsync(IPage page) =>
        page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
}
