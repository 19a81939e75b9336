using IncidentHub.Domain.Access;
using IncidentHub.Platform.Clock;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Access.Identity;

/// <summary>
/// <c>admin reset &lt;account&gt;</c>: on the hub's machine, the way back in for a company that is locked out. Reactivates the account,
/// makes it administrator where no other one can sign in, removes its second factor and passkeys, and prints a one-time link. On SQLite the
/// hub must be stopped: the file has one process. Exit code 0: done; 1: no such account; 2: could not run.
/// </summary>
internal static class AdminCommand
{
    public const string Usage = "admin reset <account>";

    public static bool IsAsked(string[] args) => args is ["admin", ..];

    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter say)
    {
        if (args is not ["admin", "reset", { Length: > 0 } account])
        {
            await say.WriteLineAsync("Usage: " + Usage);
            return 2;
        }
        try
        {
            return await ResetAsync(account, configuration, say);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException
            or System.Data.Common.DbException)
        {
            await say.WriteLineAsync($"Could not be done: {e.Message}");
            return 2;
        }
    }

    private static async Task<int> ResetAsync(string account, IConfiguration configuration, TextWriter say)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDatabase(configuration);
        services.AddSingleton<LiveFeed>().AddSingleton<CommitFeed>();
        await using var provider = services.BuildServiceProvider();
        if (provider.GetRequiredService<Connections>().DatabaseFile is { } file)
        {
            if (!File.Exists(file)) throw new FileNotFoundException($"There is no database {file}.");
            try
            {
                provider.GetRequiredService<DatabaseLock>().Take();
            }
            catch (InvalidOperationException)
            {
                await say.WriteLineAsync("The hub is running. Stop it, run this again, and start it: its SQLite file has one process.");
                return 2;
            }
        }
        await provider.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        var db = provider.GetRequiredService<Db>();
        var last = await db.ReadAsync(sql => sql.FirstOrDefaultAsync<LastAct>("Audit_LastAt"));
        if (last is not null) provider.GetRequiredService<HubClock>().NotBefore(last.At);
        var reset = await db.WriteAsync<(Person Person, string Token)>(
            tx => ResetAsync(tx, account, Administrators.Of(configuration, null)));
        if (reset.Refusal is not null)
        {
            await say.WriteLineAsync($"There is no account {Codes.Lower(account)}.");
            return 1;
        }
        var (person, token) = reset.Value;
        var hub = (configuration["PublicUrl"] ?? "http://localhost:5100").TrimEnd('/');
        await say.WriteLineAsync($"Account {person.Account} ({person.DisplayName}) is active; its roles are {person.Own}.");
        await say.WriteLineAsync($"Set its password within 24 hours, once, at: {hub}{ResetLink.Path(token)}");
        return 0;
    }

    /// <summary>The reset, recorded as an act of the hub's machine.</summary>
    public static async Task<Result<(Person Person, string Token)>> ResetAsync(UnitOfWork tx, string account, Administrators administrators)
    {
        if (await People.FindAsync(tx, account) is not { } person) return Refusal.NotFound("The account");
        var none = !await administrators.IsOtherAsync(tx, person.Id);
        var next = person with { IsActive = true, Roles = none ? person.Own | Roles.Administrator : person.Own };
        await People.SaveAsync(tx, next);
        var (app, passkeys) = (await SecondFactors.RemoveAsync(tx, person.Id), await Passkeys.RemoveAllAsync(tx, person.Id));
        await SessionChanges.EndAllAsync(tx, next, SessionEnd.EndedByAdministrator, Actor.System);
        var token = await OneTimeTokens.MakeAsync(tx, OneTimeKind.SetPassword, person.Id, OneTimeTokens.LinkLifetime);
        await tx.RecordAsync(Actor.System, new JournalEntry
        {
            Action = "person.reset-on-the-machine",
            Subject = $"person {person.Account}",
            Detail = new
            {
                reactivated = !person.IsActive,
                madeAdministrator = next.Roles != person.Own,
                secondFactorRemoved = app,
                passkeysRemoved = passkeys,
                command = "admin reset",
            },
        });
        return ((await People.FindAsync(tx, account))!, token);
    }

    private sealed record LastAct
    {
        public required DateTimeOffset At { get; init; }
    }
}
