using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Evidence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace IncidentHub.Decisions.Opinions;

/// <param name="DueAt">By when the opinion is wanted.</param>
/// <param name="People">Accounts of people who have the role; if omitted, everybody with the role is asked.</param>
internal sealed record OpinionRequestBody(
    [Required] OpinionRole? Role, DateTimeOffset? DueAt, IReadOnlyList<string?>? People, int? ExpectedVersion);

/// <summary>Opinions over HTTP.</summary>
internal static class OpinionApi
{
    // What browsers and tools write around the document, and the fields.
    private const long MaxRequest = OpinionRules.MaxFile + (1024 * 1024);

    private static readonly string[] Names = ["role", "position", "text", "givenAt", "name", "expectedVersion"];

    private static readonly Dictionary<string, OpenApiSchema> Fields = new()
    {
        ["role"] = FileFormDocumentation.OneOf<OpinionRole>(),
        ["position"] = FileFormDocumentation.OneOf<OpinionPosition>(),
        ["text"] = FileFormDocumentation.Text,
        ["givenAt"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        ["name"] = FileFormDocumentation.Text,
        ["expectedVersion"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
    };

    public static void MapOpinionApi(this WebApplication app)
    {
        var decisions = app.MapApi("/api/v1/decisions");
        decisions.MapGet("/{code}/opinions", ListAsync).Requires(Act.ReadDecisions)
            .WithSummary("The opinions on a decision, the newest first, and the requests that wait. Opinions are no approvals.");
        decisions.MapGet("/{code}/opinions/{number:int}", GetAsync).Requires(Act.ReadDecisions).WithSummary("One opinion.");
        decisions.MapPost("/{code}/opinions", RecordAsync).Requires(Act.RecordOpinion)
            .WithMetadata(new StreamedBody(), new RequestSizeLimitAttribute(MaxRequest), new FileForm.Accepted())
            .DescribesForm(Fields, "role", "position", "text", "givenAt")
            .WithSummary("Records an opinion, by those who give it or by privacy for them: a multipart form with the fields role, "
                + "position, text and givenAt, and, where there is a document of up to 100 MiB, its name and the part «file» last.");
        decisions.MapPost("/{code}/opinions/request", RequestAsync).Requires(Act.RequestOpinion)
            .WithSummary("Requests an opinion. Of a restricted incident, those who are asked read the decision from now on.");
        decisions.MapPost("/{code}/opinions/requests/{number:int}/withdraw", WithdrawAsync).Requires(Act.RequestOpinion)
            .WithSummary("Withdraws a request that nobody has answered. Who was asked by name no longer reads the decision because of it.");
        decisions.MapGet("/{code}/opinions/{number:int}/document", DocumentAsync).Requires(Act.ReadDecisions)
            .Produces(200, contentType: "application/octet-stream")
            .WithSummary("The document of an opinion, once its SHA-256 was compared with the one that was recorded.");
        decisions.MapGet("/{code}/opinions/{number:int}/custody", CustodyAsync).Requires(Act.ReadDecisions)
            .WithSummary("The custody of the document, the newest entry first: who added and downloaded it.");
        app.MapApi("/api/v1/incidents").MapGet("/{code}/opinions", OfIncidentAsync).Requires(Act.ReadIncidents)
            .WithSummary("The opinions on the decisions about an incident, the newest first.");
    }

    private static async Task<Results<Ok<OpinionsView>, Refused>> ListAsync(
        string code, HttpContext http, DecisionQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk(d => new OpinionsView(d.View.Opinions, d.View.OpinionRequests));

    private static async Task<Results<Ok<OpinionView>, Refused>> GetAsync(
        string code, int number, HttpContext http, DecisionQueries queries, CancellationToken ct)
    {
        var found = await queries.FindAsync(code, http.Actor(), ct);
        if (!found.IsOk) return new Refused(found.Refusal!);
        return found.Value.View.Opinions.FirstOrDefault(o => o.Number == number) is { } opinion
            ? TypedResults.Ok(opinion) : new Refused(Refusal.NotFound("The opinion"));
    }

    private static async Task<Results<Ok<DecisionView>, Refused>> RequestAsync(
        string code, OpinionRequestBody body, HttpContext http, OpinionCommands commands, DecisionQueries queries, CancellationToken ct)
    {
        var asked = await commands.RequestAsync(
            code, body.Role, body.DueAt, body.People ?? [], http.Expected(body.ExpectedVersion), http.Actor(), ct);
        return asked.IsOk
            ? (await queries.FindAsync(asked.Value.Label, http.Actor(), ct)).ToOk(d => d.View) : new Refused(asked.Refusal!);
    }

    private static async Task<Results<Ok<DecisionView>, Refused>> WithdrawAsync(
        string code, int number, VersionBody? body, HttpContext http, DecisionCommands commands, DecisionQueries queries,
        CancellationToken ct)
    {
        var withdrawn = await commands.RunAsync(
            code, new WithdrawOpinionRequest(number), http.Expected(body?.ExpectedVersion), http.Actor(), ct);
        return withdrawn.IsOk
            ? (await queries.FindAsync(withdrawn.Value.Label, http.Actor(), ct)).ToOk(d => d.View) : new Refused(withdrawn.Refusal!);
    }

    private static async Task<Results<Created<OpinionView>, Refused>> RecordAsync(
        string code, HttpContext http, OpinionCommands commands, CancellationToken ct)
    {
        var actor = http.Actor();
        if (await commands.CheckAsync(code, null, actor, ct) is { } denied) return new Refused(denied);
        if (FileForm.Of(http.Request, Names) is not { } form)
        {
            return new Refused(Refusal.Invalid("body", "Send a multipart form (multipart/form-data), with a document as its last part."),
                StatusCodes.Status415UnsupportedMediaType);
        }
        if (await form.ReadAsync(ct, optional: true) is { } unread) return new Refused(unread);
        var stated = Read(form);
        if (!stated.IsOk) return new Refused(stated.Refusal!);
        var (opinion, version) = stated.Value;
        var fileName = form["name"] is { Length: > 0 } name ? name : form.FileName;
        var recorded = form.HasFile
            ? await commands.RecordAsync(
                code, opinion, http.Expected(version), fileName, form.Content, () => form.EndAsync(ct), actor, ct)
            : await commands.RecordAsync(code, opinion, http.Expected(version), actor, ct);
        return recorded.ToCreated(r => $"/api/v1/decisions/{r.Decision.Label}/opinions/{r.Opinion.Number}",
            r => OpinionView.Of(r.Opinion, superseded: false));
    }

    private static async Task<Results<FileStreamHttpResult, Refused>> DocumentAsync(
        string code, int number, HttpContext http, OpinionCommands commands, CancellationToken ct)
    {
        var found = await commands.DownloadAsync(code, number, http.Actor(), ct);
        if (!found.IsOk) return new Refused(found.Refusal!);
        return http.Download(found.Value.Content, found.Value.Document.Name, found.Value.Document.Sha256);
    }

    private static async Task<Results<Ok<Page<CustodyView>>, Refused>> CustodyAsync(
        string code, int number, string? cursor, int? limit, HttpContext http, OpinionQueries queries, CancellationToken ct) =>
        (await queries.CustodyAsync(code, number, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<Page<IncidentOpinionView>>, Refused>> OfIncidentAsync(
        string code, string? cursor, int? limit, HttpContext http, OpinionQueries queries, CancellationToken ct) =>
        (await queries.OfIncidentAsync(code, cursor, limit, http.Actor(), ct)).ToOk();

    private static Result<(StatedOpinion Opinion, int? Version)> Read(FileForm form)
    {
        var at = form["givenAt"]?.Trim() is { Length: > 0 } time ? time : null;
        var version = form["expectedVersion"]?.Trim() is { Length: > 0 } number ? number : null;
        var check = new Validation()
            .Check(form["role"] is not { } r || Codes.TryRead<OpinionRole>(r, out _), "role", Codes.Allowed(typeof(OpinionRole)))
            .Check(form["position"] is not { } p || Codes.TryRead<OpinionPosition>(p, out _), "position",
                Codes.Allowed(typeof(OpinionPosition)))
            .Check(at is null || Rfc3339.IsTime(at), "givenAt", Rfc3339.Form)
            .Check(version is null || int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _), "expectedVersion",
                "A whole number.");
        if (check.ToRefusal() is { } refused) return refused;
        return (new StatedOpinion(
            Codes.TryRead<OpinionRole>(form["role"], out var role) ? role : null,
            Codes.TryRead<OpinionPosition>(form["position"], out var position) ? position : null, form["text"],
            at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)),
            version is null ? null : int.Parse(version, NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
