using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// The first administrator of a hub, made by whoever reads its log. Open until one account can sign in with a password; closed for good
/// afterwards.
/// </summary>
internal sealed class SetUpCommands(Db db, Passwords passwords, SignInLimiter limiter, TimeProvider clock,
    IOptions<IdentitySettings> settings)
{
    private static readonly Refusal Over = Refusal.NotFound("The set-up") with
    {
        Message = "There is nothing to set up here. Sign in, or ask an administrator for an account.",
    };

    /// <summary>Whether the hub waits for its first administrator.</summary>
    public Task<bool> IsOpenAsync(CancellationToken ct) => settings.Value.LocalAccounts
        ? db.ReadAsync(async sql => await sql.ScalarAsync<int>("OneTimeToken_OpenSetUp") > 0, ct) : Task.FromResult(false);

    /// <summary>At the start of a hub that nobody can sign in to: a new token. Null: there is nothing to set up.</summary>
    public async Task<string?> BeginAsync(CancellationToken ct)
    {
        if (!settings.Value.LocalAccounts) return null;
        return (await db.WriteAsync<string>(async tx => await tx.ScalarAsync<int>("Credential_WithPassword") > 0
            ? "" : await OneTimeTokens.MakeAsync(tx, OneTimeKind.SetUp, null, null), ct: ct)).Value is { Length: > 0 } token ? token : null;
    }

    public async Task<Result<Done>> RunAsync(string? token, string? account, string? displayName, string? password, SignInSource source,
        CancellationToken ct)
    {
        if (!await IsOpenAsync(ct)) return Over;
        if (limiter.Refuse(source) is { } tooMany) return tooMany;
        if (await db.ReadAsync(sql => OneTimeTokens.FindAsync(sql, OneTimeKind.SetUp, token, clock.GetUtcNow()), ct) is null)
        {
            limiter.CountFailure(source);
            return Refusal.Forbidden("This is not the token that the hub wrote to its log when it last started.") with
            {
                Errors = new Dictionary<string, string[]> { ["token"] = ["This is not the token in the log."] },
            };
        }
        var name = Codes.Lower(account);
        var check = AccountRules.Check(account, displayName)
            .Check(PasswordRules.Fault(password, name) is null, "password", PasswordRules.Fault(password, name) ?? "");
        if (check.ToRefusal() is { } invalid) return invalid;
        var hash = passwords.Hash(name, password);
        if (hash.Refusal is { } weak) return weak;
        return await db.WriteAsync<Done>(async tx =>
        {
            if (await OneTimeTokens.FindAsync(tx, OneTimeKind.SetUp, token, tx.Now) is not { } found
                || !await OneTimeTokens.UseAsync(tx, found)) return Over;
            var former = await People.FindAsync(tx, name);
            var person = new Person(former?.Id ?? OrderedId.Next(tx.Now), name, displayName!.Clean(), former?.Description ?? "",
                Roles.Reporter | Roles.Administrator, true);
            await People.SaveAsync(tx, person);
            await Passwords.SetAsync(tx, person, hash.Value);
            await OneTimeTokens.EndAsync(tx, OneTimeKind.SetUp, null);
            await tx.RecordAsync(person.ToActor(), new JournalEntry
            {
                Action = "hub.set-up",
                Subject = $"person {person.Account}",
                Detail = new { person.DisplayName, roles = person.Roles.ToString() },
                Topics = ["people"],
            });
            return default(Done);
        }, ct: ct);
    }
}

/// <summary>Writes the token of an open set-up to the log, once for each start.</summary>
internal sealed partial class SetUpStart(IServiceScopeFactory scopes, IHostEnvironment environment, ILogger<SetUpStart> log)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment()) return;
        await using var scope = scopes.CreateAsyncScope();
        var setUp = scope.ServiceProvider.GetRequiredService<SetUpCommands>();
        if (await setUp.BeginAsync(cancellationToken) is { } token) LogToken(token);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Set-up token: {Token}")]
    private partial void LogToken(string token);
}
