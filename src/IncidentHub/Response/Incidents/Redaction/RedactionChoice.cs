using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>What somebody chose to redact of a thing: texts, and ids of files.</summary>
internal sealed record RedactionChoice(IReadOnlyCollection<string> Texts, IReadOnlyList<Guid> Files)
{
    private const string Removed = "it was removed already. Read the list again.";

    /// <param name="own">What people typed about the thing itself.</param>
    /// <param name="texts">Ids of texts, <paramref name="files"/> of files; where both are null, all of the thing.</param>
    public static Result<RedactionChoice> Of(
        RedactionTarget target, IReadOnlyList<(StoredRow Row, string Column, string Text)> own, IReadOnlyList<Guid>? texts,
        IReadOnlyList<Guid>? files)
    {
        if (texts is null && files is null)
        {
            return new RedactionChoice(own.Where(t => target.ByDefault(t.Row, t.Column)).Select(t => t.Text).ToHashSet(),
                [.. target.Files.Select(f => f.Id)]);
        }
        if (texts is not { Count: > 0 } && files is not { Count: > 0 }) return Refusal.Invalid("texts", "Choose what is to be removed.");
        var known = own.ToLookup(t => t.Row.NameOf(t.Column), t => t.Text);
        if (texts?.Any(id => !known.Contains(id)) == true)
            return Refusal.Invalid("texts", $"One of these is not a text of {target.Label}, or {Removed}");
        if (files?.Any(id => target.Files.All(f => f.Id != id)) == true)
            return Refusal.Invalid("files", $"One of these is not a file of {target.Label}, or {Removed}");
        return new RedactionChoice((texts ?? []).SelectMany(id => known[id]).ToHashSet(), [.. (files ?? []).Distinct()]);
    }
}
