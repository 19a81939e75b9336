using IncidentHub.Domain.Access;
using IncidentHub.Response.Flags;

namespace IncidentHub.Pages.Shell;

/// <summary>A flag by its code, for those who may see it.</summary>
internal sealed class FlagPalette(FlagQueries queries) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, Actor actor, CancellationToken ct) =>
        await queries.FindAsync(text, actor, ct) is { IsOk: true } found
        ? [new PaletteItem("Flags", found.Value.Flag.State.Code, $"flags/{found.Value.Flag.State.Code}",
            found.Value.Flag.State.Status.ToString().ToLowerInvariant())]
        : [];
}
