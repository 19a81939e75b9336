using System.Globalization;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Evidence;

/// <summary>The fields of the form that adds evidence.</summary>
internal static class EvidenceForm
{
    private static readonly string[] Names = ["name", "takenBy", "takenFrom", "takenAt", "note", "restricted"];

    /// <summary>Null where the request is not a multipart form.</summary>
    public static FileForm? Of(HttpRequest request) => FileForm.Of(request, Names);

    /// <summary>Reads up to the file.</summary>
    public static async Task<Result<StatedOrigin>> ReadAsync(FileForm form, CancellationToken ct)
    {
        if (await form.ReadAsync(ct) is { } unread) return unread;
        var check = new Validation();
        var at = form["takenAt"] is { } time && time.Trim().Length > 0 ? time.Trim() : null;
        check.Check(at is null || Rfc3339.IsTime(at), "takenAt", Rfc3339.Form);
        var restricted = form["restricted"];
        check.Check(restricted is null or "true" or "false", "restricted", "true or false.");
        if (check.ToRefusal() is { } refused) return refused;
        return new StatedOrigin(form["name"] is { Length: > 0 } name ? name : form.FileName, form["takenBy"], form["takenFrom"],
            at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), form["note"], restricted == "true");
    }
}
