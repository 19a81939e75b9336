using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>
/// Text that the hub itself generates or normalises, and compares by its bytes, as SQLite always does. Names and accounts are not among it:
/// on SQL Server they are compared by the database's collation.
/// </summary>
internal static class TechnicalColumns
{
    public const string Collation = "Latin1_General_100_BIN2";

    private static readonly HashSet<string> Names =
    [
        // Digests, hashes, keys and identifiers of permits and requests.
        "Digest", "AckDigest", "PayloadDigest", "ProofsSha256", "Hash", "PreviousHash", "LastHash", "KeyHash", "OldKeyHash", "SecretHash",
        "ReceiptHash", "TokenHash", "CodeHash", "CredentialHash", "CredentialId", "PublicKey", "Authenticator.Secret", "Passkey.Transports",
        "Salt", "SubjectSalt", "DigestSalt", "SubjectDigest", "PreviousDigest", "KeyId", "Signature", "Thumbprint", "Issuer",
        "ProviderSession", "DocumentDigest", "PublicX", "PublicY", "PermitJti", "RequestKey", "PasswordHash", "SecurityStamp",
        // Codes, kinds and other constants of the hub.
        "Code", "ProgramCode", "DecisionCode", "RegimeCode", "DutyKey", "Calendar", "Kind", "Class", "Act", "Scopes", "Roles", "Region",
        "AuditEntry.Subject", "AuditEntry.About", "ExternalLogin.Subject", "ExternalLogin.Provider", "ProviderMapping.Provider",
        "ClaimMapping.Provider", "ProviderMapping.DepartmentClaim", "ClaimMapping.Claim", "ClaimMapping.Value", "MappedRoles",
        "Counter.Name", "JobLease.Name", "RowDigest.TableName", "RowDigest.RowsKey", "GateRefusal.Reason", "DashboardRollup.Program",
        "Person.TimeZone",
        // Normalised words for searching, and dates as text.
        "Word", "NameKey", "ProgramItem.Value", "DatasetItem.Value", "Week", "LaunchDate", "CommittedOn", "EffectiveFrom", "Day",
    ];

    /// <summary>The columns named above, and all whose values are listed by a CHECK.</summary>
    public static IEnumerable<string> Of(IReadOnlyDictionary<string, TSqlTable> tables) =>
        from table in tables
        let listed = Listed(table.Value)
        from column in table.Value.Columns
        let name = column.ColumnIdentifier.Value
        where column.DataType is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar }
            && (Names.Contains(name) || Names.Contains($"{table.Key}.{name}") || listed.Contains(name))
        select $"{table.Key}.{name}";

    private static HashSet<string> Listed(TSqlTable table)
    {
        var visitor = new InLists();
        foreach (var check in table.Constraints.OfType<CheckConstraintDefinition>()) check.Accept(visitor);
        return visitor.Columns;
    }

    private sealed class InLists : TSqlFragmentVisitor
    {
        public HashSet<string> Columns { get; } = [];

        public override void Visit(InPredicate node)
        {
            if (node.Expression is ColumnReferenceExpression column && node.Values.Any(v => v is StringLiteral))
                Columns.Add(column.MultiPartIdentifier.Identifiers[^1].Value);
        }
    }
}
