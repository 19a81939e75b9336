using System.ComponentModel.DataAnnotations;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Incidents;

internal sealed record PrivilegedNoteBody([Required] string? Body);

internal sealed record PrivilegedReaderBody([Required] string? Account);

internal static partial class IncidentApi
{
    private static async Task<Results<Ok<PrivilegedView>, Refused>> PrivilegedAsync(
        string code, HttpContext http, ReadPrivilegedHandler queries, CancellationToken ct) =>
        (await queries.HandleAsync(code, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<NoteWrittenView>, Refused>> WritePrivilegedAsync(
        string code, PrivilegedNoteBody body, HttpContext http, PrivilegedNotes notes, CancellationToken ct) =>
        (await notes.WriteAsync(code, body.Body ?? "", http.Actor(), ct)).ToCreated(note => note);

    private static async Task<Results<Ok<NoteWrittenView>, Refused>> RevisePrivilegedAsync(
        string code, Guid id, ReviseBody body, HttpContext http, PrivilegedNotes notes, CancellationToken ct) =>
        (await notes.ReviseAsync(code, id, body.Body ?? "", body.ExpectedRevision, http.Actor(), ct)).ToOk();

    private static async Task<Results<NoContent, Refused>> NamePrivilegedReaderAsync(
        string code, PrivilegedReaderBody body, HttpContext http, PrivilegedNotes notes, CancellationToken ct) =>
        (await notes.NameAsync(code, body.Account ?? "", http.Actor(), ct)).ToNoContent();

    private static async Task<Results<NoContent, Refused>> ReleasePrivilegedReaderAsync(
        string code, string account, HttpContext http, PrivilegedNotes notes, CancellationToken ct) =>
        (await notes.ReleaseAsync(code, account, http.Actor(), ct)).ToNoContent();
}
