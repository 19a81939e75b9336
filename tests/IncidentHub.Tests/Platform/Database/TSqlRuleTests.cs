using IncidentHub.Platform.Database;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>
/// Checks every statement for SQL Server, with each of its options, for patterns that are slow, block or give wrong results on SQL Server.
/// </summary>
public sealed class TSqlRuleTests
{
    private static readonly IReadOnlyDictionary<string, TSqlTable> Tables = TSqlTable.OfScripts();

    /// <summary>Justified exceptions: the rule, the statement, the reason.</summary>
    private static readonly Dictionary<(TSqlRule Rule, string Statement), string> Allowed = new()
    {
        [(TSqlRule.ChangesWithoutAKey, "DashboardCursor_Clear")] = "The table has a row for each of two sources.",
        [(TSqlRule.ChangesWithoutAKey, "Idempotency_Expire")] = "A range of bounded length.",
        [(TSqlRule.ChangesWithoutAKey, "LiveChange_Expire")] = "A range of bounded length.",
        [(TSqlRule.ChangesWithoutAKey, "OneTimeToken_EndAll")] = "At the first start on a backup of SQLite, before the hub is in use.",
        [(TSqlRule.ChangesWithoutAKey, "Session_EndAll")] = "At the first start on a backup of SQLite, before the hub is in use.",
        [(TSqlRule.ChangesWithoutAKey, "SignInAttempt_Expire")] = "A range of bounded length.",
        [(TSqlRule.ChangesWithoutAKey, "Session_Expire")] = "A range of bounded length.",
        [(TSqlRule.ChangesWithoutAKey, "LogoutToken_Expire")] = "A range of bounded length.",
        [(TSqlRule.ChangesWithoutAKey, "UsedChallenge_Expire")] = "A range of bounded length.",
        [(TSqlRule.ChangesWithoutItsVersion, "Credential_Failed")] = "Counts, and raises the version: two failures at once are two.",
        [(TSqlRule.ChangesWithoutItsVersion, "Credential_LockOut")] = "Guarded by the count that it ends.",
        [(TSqlRule.ChangesWithoutItsVersion, "Credential_Succeeded")] = "Only ends what was counted before.",
        [(TSqlRule.ChangesWithoutItsVersion, "AccessReview_Move")] = "Raises the versions: whoever read before is refused.",
        [(TSqlRule.ChangesWithoutItsVersion, "Evidence_Move")] = "Raises the versions: whoever read before reads again.",
        [(TSqlRule.ChangesWithoutItsVersion, "Evidence_SetRedacted")] = "Set once, and raises the version.",
        [(TSqlRule.ChangesWithoutItsVersion, "Incident_SetUpdate")] = "Only notes and saves write these two; the later stands.",
        [(TSqlRule.ChangesWithoutItsVersion, "Pause_FixPopulation")] = "Guarded by what it sets: once only.",
        [(TSqlRule.ChangesWithoutItsVersion, "Pause_FullyStopped")] = "Guarded by what it sets.",
        [(TSqlRule.ChangesWithoutItsVersion, "Pause_NotStopped")] = "Guarded by what it sets.",
        [(TSqlRule.ChangesWithoutItsVersion, "Pause_MoveToIncident")] = "Raises the versions: whoever read before is refused.",
        [(TSqlRule.ChangesWithoutItsVersion, "ViolationAlert_Decided")] = "Guarded: ends what has not ended.",
        [(TSqlRule.ChangesWithoutItsVersion, "IncidentStatement_Move")] = "All of an incident that ends; raises their versions.",
        [(TSqlRule.ChangesWithoutItsVersion, "NoticeQuestion_Move")] = "All of an incident that ends; raises their versions.",
        [(TSqlRule.ChangesWithoutItsVersion, "Obligation_Move")] = "All of an incident that ends; raises their versions.",
        [(TSqlRule.ChangesWithoutItsVersion, "ViolationAlert_End")] = "Guarded: ends what has not ended.",
        [(TSqlRule.ChangesWithoutItsVersion, "ViolationAlert_Raise")] = "Raising again what was raised at the same moment is the same.",
        [(TSqlRule.ChangesWithoutItsVersion, "ViolationAlert_SaidSo")] = "Only ever set to 1, while it waits.",
        [(TSqlRule.ComparesWhatIsComputed, "ApiKey_Readers")] = "Some hundred keys.",
        [(TSqlRule.ComparesWhatIsComputed, "QuarantinedBatch_Dispose")] = "Found by its key; this only guards.",
        [(TSqlRule.ComparesWhatIsComputed, "Incident_List")] = "Meant: the list is read along its order, not by SEV.",
        [(TSqlRule.ComparesWhatIsComputed, "Incident_ListByPerson")] = "Meant: found by the person, not by SEV.",
        [(TSqlRule.ComparesWhatIsComputed, "Incident_ListByProgram")] = "Meant: found by the program, not by SEV.",
        [(TSqlRule.ComparesWhatIsComputed, "Incident_ListByWord")] = "Meant: found by the word, not by SEV.",
        [(TSqlRule.ComparesWhatIsComputed, "PauseStop_Fix")] = "One program's collectors are found by index; each of them is looked at.",
        [(TSqlRule.ComparesWhatIsComputed, "Person_OtherAdministrators")] = "The people of one company; asked when one is removed.",
        [(TSqlRule.ComparesWhatIsComputed, "Program_Owners")] = "The people of one company who may own programs.",
        [(TSqlRule.ComparesWhatIsComputed, "Switch_AllAhead")] = "Reads every collector anyway, once in some seconds for all pages.",
        [(TSqlRule.ComparesWhatIsComputed, "WorkTask_List")] = "Continues a list in which some have no date.",
        [(TSqlRule.CutsJson, "Audit_Insert")] = "Salts are made by the hub, each of 32 characters.",
        [(TSqlRule.CutsJson, "CollectorProgram_Renew")] = "Ids of permits are made by the hub, each of 32 characters.",
        [(TSqlRule.CutsJson, "PauseStop_Confirm")] = "Digests are made by the hub, each of 64 characters.",
        [(TSqlRule.ChangesWithoutAKey, "Idempotency_Redact")] = "Answers of one day, when privacy removes a text.",
        [(TSqlRule.ComparesWhatIsComputed, "Idempotency_Redact")] = "Looks for a text within answers of one day.",
        [(TSqlRule.LocksARange, "Audit_Insert")] = "The head of the log, which the transaction has locked, keeps others out anyway.",
        [(TSqlRule.LocksARange, "Counter_Next")] = "One row, which the next statement locks anyway.",
        [(TSqlRule.LocksARange, "GateRange_Before")] = "Two batches that overlap must not both find nothing.",
        [(TSqlRule.LocksARange, "JobLease_Create")] = "Two nodes must not both find no lease.",
        [(TSqlRule.LocksARange, "PrivilegedPart_Insert")] = "One row of one incident: two first notes must not both find none.",
        [(TSqlRule.LocksARange, "PrivilegedReader_Insert")] = "One row: naming somebody twice at once is naming once.",
        [(TSqlRule.LocksARange, "LegalHold_Covers")] = "A hold that is being placed holds off what is being destroyed.",
        [(TSqlRule.LocksARange, "LegalHold_CoversAny")] = "As LegalHold_Covers, for what several incidents share.",
        [(TSqlRule.LocksARange, "Person_OtherAdministrators")] = "Two administrators who demote each other: the second must find nobody.",
        [(TSqlRule.LocksARange, "PauseStop_AddViolating")] = "Two findings about one collector must not both find no row.",
        [(TSqlRule.LocksARange, "LogoutToken_Insert")] = "One token that comes twice at once must not both times find no row.",
        [(TSqlRule.LocksARange, "UsedChallenge_Insert")] = "One answer that comes twice at once must not both times find no row.",
        [(TSqlRule.LocksARange, "Switch_Ensure")] = "Two first pauses of a program must not both find no switch.",
    };

    [Fact]
    public void No_statement_violates_a_rule_without_a_recorded_reason()
    {
        var found = StatementVariants.Of(new Statements(Engine.SqlServer))
            .SelectMany(v => TSqlFaults.In(v.Text, Tables).Select(f => (f.Rule, Statement: v.Name, f.Where)))
            // Meant: a digest covers a column that a later version added.
            .Where(f => f.Rule != TSqlRule.SelectsAllColumns || !f.Statement.StartsWith("Rows_", StringComparison.Ordinal))
            .GroupBy(f => (f.Rule, f.Statement)).ToDictionary(g => g.Key, g => g.First().Where);
        AssertNone(
        [
            .. found.Where(f => !Allowed.ContainsKey(f.Key)).Select(f => $"{f.Key.Rule}: {f.Key.Statement}: {f.Value}"),
            .. Allowed.Keys.Except(found.Keys).Select(a => $"{a.Rule}: {a.Statement} does not: take it from the list"),
        ]);
    }

    [Theory]
    [InlineData(TSqlRule.SelectsAllColumns, "SELECT * FROM Program")]
    [InlineData(TSqlRule.SkipsRows, "SELECT Id FROM Program ORDER BY Id OFFSET @Skip ROWS FETCH NEXT 5 ROWS ONLY")]
    [InlineData(TSqlRule.TakesSomeOfUnordered, "SELECT TOP (5) Id FROM Program")]
    [InlineData(TSqlRule.TakesSomeOfUnordered, "UPDATE TOP (5) JobLease SET Holder = @Me WHERE Name = @Name")]
    [InlineData(TSqlRule.HintOfAnotherIsolation, "SELECT Id FROM Program WITH (NOLOCK)")]
    [InlineData(TSqlRule.LocksARange, "SELECT Id FROM Program WITH (SERIALIZABLE)")]
    [InlineData(TSqlRule.Loops, "WHILE 1 = 1 DELETE FROM JobLease WHERE Name = @Name")]
    [InlineData(TSqlRule.RunsText, "EXEC sp_executesql @Text")]
    [InlineData(TSqlRule.AsksTheClock, "SELECT Id FROM Program WHERE RegisteredAt < SYSUTCDATETIME()")]
    [InlineData(TSqlRule.NamesASchema, "SELECT Id FROM dbo.Program")]
    [InlineData(TSqlRule.ChangesWithoutItsVersion, "UPDATE Program SET Name = @Name WHERE Id = @Id")]
    [InlineData(TSqlRule.ChangesWithoutItsVersion, "UPDATE p SET Name = @Name FROM Program p WHERE p.Id = @Id")]
    [InlineData(TSqlRule.ComparesWhatIsComputed, "SELECT Id FROM Program WHERE UPPER(Code) = @Code")]
    [InlineData(TSqlRule.ComparesWhatIsComputed, "SELECT p.Id FROM Program p WHERE DATEADD(day, 1, p.RegisteredAt) > @Now")]
    [InlineData(TSqlRule.ComparesWhatIsComputed, "SELECT p.Id FROM Program p WHERE p.Code LIKE '%x'")]
    [InlineData(TSqlRule.InsertsWhereNoneIsUnlocked,
        "INSERT INTO JobLease (Name) SELECT @Name WHERE NOT EXISTS (SELECT 1 FROM JobLease WHERE Name = @Name)")]
    [InlineData(TSqlRule.InsertsWhereNoneIsUnlocked,
        "IF NOT EXISTS (SELECT 1 FROM Counter WHERE Name = @Name) INSERT INTO Counter (Name) VALUES (@Name)")]
    [InlineData(TSqlRule.ComparesDifferentTypes, "SELECT p.Id FROM Program p JOIN Dataset d ON d.Name = p.Id")]
    [InlineData(TSqlRule.ComparesDifferentTypes, "SELECT p.Id FROM Program p WHERE p.Version = '1'")]
    [InlineData(TSqlRule.CutsJson, "INSERT INTO AuditEntry (Payload) SELECT r.P FROM OPENJSON(@Rows) WITH (P nvarchar(4000) '$.p') r")]
    [InlineData(TSqlRule.ChangesWithoutAKey, "DELETE FROM IdempotencyRecord WHERE CreatedAt < @Before")]
    internal void A_violation_of_a_rule_is_found(TSqlRule rule, string text) =>
        Assert.Equal(rule, Assert.Single(TSqlFaults.In(text, Tables).Select(f => f.Rule).Distinct()));

    [Theory]
    [InlineData("UPDATE Program SET Name = @Name WHERE Id = @Id AND Version = @Was")]
    [InlineData("SELECT Id FROM Program WHERE Code = UPPER(@Code) AND Version > COALESCE((SELECT MAX(q.Version) FROM Program q), 0)")]
    [InlineData("SELECT TOP (5) Id, UPPER(Code) FROM Program ORDER BY Id")]
    [InlineData("INSERT INTO AuditEntry (Payload) SELECT r.P FROM OPENJSON(@Rows) WITH (P nvarchar(max) '$.p') r")]
    public void A_statement_without_a_violation_is_not_reported(string text) => Assert.Empty(TSqlFaults.In(text, Tables));

    [Fact]
    public void Columns_have_types_that_need_no_conversion()
    {
        // Parameters are nvarchar, datetimeoffset and uniqueidentifier: a column of another type would be converted row by row.
        SqlDataTypeOption[] known =
        [
            SqlDataTypeOption.NVarChar, SqlDataTypeOption.Int, SqlDataTypeOption.BigInt, SqlDataTypeOption.Bit,
            SqlDataTypeOption.UniqueIdentifier, SqlDataTypeOption.DateTimeOffset, SqlDataTypeOption.VarBinary,
        ];
        AssertNone(
        [
            .. from table in Tables
               from column in table.Value.Columns
               where column.DataType is not SqlDataTypeReference type || !known.Contains(type.SqlDataTypeOption)
               select $"{table.Key}.{column.ColumnIdentifier.Value}: {TSqlTable.TextOf(column.DataType)}",
        ]);
    }

    private static void AssertNone(IReadOnlyCollection<string> faults) =>
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Order(StringComparer.Ordinal)));
}
