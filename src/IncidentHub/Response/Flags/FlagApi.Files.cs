using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace IncidentHub.Response.Flags;

/// <remarks>The files of reporters over HTTP.</remarks>
internal static partial class FlagApi
{
    // The file, what browsers and tools write around it, and the message.
    private const long MaxUpload = AttachmentCleaner.MaxSize + (128 * 1024);
    private const string WhatIsTaken = "a JPEG or PNG picture or plain text in UTF-8 of up to 10 MB, told by its content. Its name, EXIF "
        + "and texts in it are not stored.";

    private static void MapFiles(RouteGroupBuilder flags)
    {
        flags.MapPost("/{code}/files", AttachAsync).Requires(Act.FollowFlag)
            .WithMetadata(new StreamedBody(), new RequestSizeLimitAttribute(MaxUpload), new FileForm.Accepted())
            .DescribesFileForm(new Dictionary<string, OpenApiSchema> { ["message"] = FileFormDocumentation.Text })
            .WithSummary($"Attaches a file to one's own flag, with or without a message: {WhatIsTaken}");
        flags.MapGet("/{code}/files/{number:int}", ContentAsync).Requires(Act.FollowFlag)
            .Produces(200, contentType: "application/octet-stream")
            .WithSummary("A file of the reporter, for triage and for the reporter.");
        flags.MapPost("/by-receipt/files", AttachByReceiptAsync).AllowAnonymous()
            .WithMetadata(new StreamedBody(), new RequestSizeLimitAttribute(MaxUpload), new FileForm.Accepted())
            .DescribesFileForm(new Dictionary<string, OpenApiSchema>
            {
                ["receipt"] = FileFormDocumentation.Text,
                ["message"] = FileFormDocumentation.Text,
            }, "receipt")
            .WithSummary($"Attaches a file to an anonymous flag, with or without a message: {WhatIsTaken} Needs no sign-in.");
    }

    private static async Task<Results<Ok<FlagView>, Refused>> AttachAsync(
        string code, HttpContext http, FlagLimiter limiter, FlagCommands commands, FlagQueries queries, CancellationToken ct)
    {
        var actor = http.Actor();
        if (await commands.CheckAttachingAsync(code, actor, ct) is { } denied) return new Refused(denied);
        if (FileForm.Of(http.Request, ["message"]) is not { } form)
            return new Refused(FileForm.NotAForm, StatusCodes.Status415UnsupportedMediaType);
        if (await form.ReadAsync(ct) is { } unread) return new Refused(unread);
        if (limiter.Attaching(http, http.Request.ContentLength ?? MaxUpload) is { } tooMany) return new Refused(tooMany);
        var said = await commands.WithFilesAsync([form.Content], async files =>
        {
            if (await form.EndAsync(ct) is { } following) return following;
            IdempotencyScope.StateBody($"{Codes.Upper(code)} {form["message"]} {files[0].Sha256}");
            return await commands.SayAsync(code, form["message"] ?? "", actor, files, ct);
        }, ct);
        return await ReadAsync(said, queries, actor, ct);
    }

    private static async Task<Results<Ok<FlagView>, Refused>> AttachByReceiptAsync(
        HttpContext http, FlagLimiter limiter, FlagCommands commands, FlagQueries queries, CancellationToken ct)
    {
        if (FileForm.Of(http.Request, ["receipt", "message"]) is not { } form)
            return new Refused(FileForm.NotAForm, StatusCodes.Status415UnsupportedMediaType);
        if (await form.ReadAsync(ct) is { } unread) return new Refused(unread);
        if (form["receipt"] is not { } receipt || string.IsNullOrWhiteSpace(receipt)) return new Refused(NoReceipt);
        if (limiter.LookingUp(http) is { } tooMany) return new Refused(tooMany);
        if ((await queries.FindByReceiptAsync(receipt, ct)).Refusal is { } unknown) return new Refused(unknown);
        if (limiter.Attaching(http, http.Request.ContentLength ?? MaxUpload, byReceipt: true) is { } full) return new Refused(full);
        var said = await commands.WithFilesAsync([form.Content], async files =>
            await form.EndAsync(ct) is { } following
                ? following : await commands.SayByReceiptAsync(receipt, form["message"] ?? "", files, ct), ct);
        return said.Refusal is { } refused ? new Refused(refused) : (await queries.FindByReceiptAsync(receipt, ct)).ToOk(FlagView.Of);
    }

    private static async Task<Results<FileStreamHttpResult, Refused>> ContentAsync(
        string code, int number, HttpContext http, FlagCommands commands, CancellationToken ct)
    {
        var found = await commands.DownloadAsync(code, number, http.Actor(), ct);
        if (!found.IsOk) return new Refused(found.Refusal!);
        var (file, name, content) = found.Value;
        return http.Download(content, name, file.Digest);
    }
}
