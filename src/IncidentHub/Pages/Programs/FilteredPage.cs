using IncidentHub.Platform.Http;

namespace IncidentHub.Pages.Programs;

/// <summary>A page of a list whose filter no statement can ask for: what is read is filtered, until the page is full.</summary>
internal static class FilteredPage
{
    /// <summary>A list of ten thousand programs is read to its end within this bound.</summary>
    private const int MostReads = 50;

    /// <summary>
    /// Where the page has a next one, that one is not empty. Only in a list longer than the bound may a page have one without being full.
    /// </summary>
    /// <param name="readAsync">Reads the page after a cursor.</param>
    /// <param name="cursorOf">The cursor after an item.</param>
    public static async Task<Page<T>> FillAsync<T>(
        Func<string?, Task<Page<T>>> readAsync, Func<T, bool> matches, Func<T, string> cursorOf, string? after, int size)
    {
        var found = new List<T>();
        var at = after;
        for (var reads = 0; reads < MostReads; reads++)
        {
            var page = await readAsync(at);
            found.AddRange(page.Items.Where(matches));
            // One more than the page holds shows that there is a next one.
            if (found.Count > size) return new([.. found.Take(size)], cursorOf(found[size - 1]));
            if (page.NextCursor is null) return new(found, null);
            at = page.NextCursor;
        }
        return new(found, at);
    }
}
