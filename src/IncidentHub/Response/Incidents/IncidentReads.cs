using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>The names of audited reads of restricted incidents.</summary>
internal static class IncidentReads
{
    /// <summary>The incident itself, its timeline or the revisions of a note.</summary>
    public static void OfIncident(this RestrictedReads reads, Actor reader, Guid id, string code) =>
        reads.Note(reader, "incident.read", $"incident {code}", [id]);

    /// <summary>A list or a search showed it.</summary>
    public static void OfList(this RestrictedReads reads, Actor reader, IEnumerable<IncidentListItem> shown)
    {
        foreach (var item in shown.Where(i => i.Confidentiality == Confidentiality.Restricted)) OfListed(reads, reader, item.Id, item.Code);
    }

    /// <summary>A short list of a page showed it.</summary>
    public static void OfList(this RestrictedReads reads, Actor reader, IEnumerable<OpenIncident> shown)
    {
        foreach (var item in shown)
        {
            if (item.RestrictedId is { } id) OfListed(reads, reader, id, item.Code);
        }
    }

    /// <summary>A list of incidents that have to do with another showed it.</summary>
    public static void OfList(this RestrictedReads reads, Actor reader, IEnumerable<RelatedIncident> shown)
    {
        foreach (var item in shown.Where(i => i.Confidentiality == Confidentiality.Restricted)) OfListed(reads, reader, item.Id, item.Code);
    }

    private static void OfListed(RestrictedReads reads, Actor reader, Guid id, string code) =>
        reads.Note(reader, "incident.listed", $"incident {code}", [id]);
}
