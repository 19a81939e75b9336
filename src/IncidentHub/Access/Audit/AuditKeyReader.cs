using System.Security.Cryptography;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentHub.Access.Audit;

/// <summary>The hub's signing keys, for verifying checkpoints and redactions.</summary>
internal static class AuditKeyReader
{
    /// <param name="master">
    /// Proves that a key was made by this hub: somebody who can write to the database only cannot encrypt a private half. Null: the keys
    /// are taken as they stand there.
    /// </param>
    public static async Task<AuditKeys> LoadAsync(ISql sql, MasterKey? master)
    {
        var keys = new AuditKeys();
        foreach (var row in await sql.QueryAsync<KeyRow>("KeyRecord_List", new { SigningKeys.Purpose }))
        {
            if (row is not { PublicX: { } x, PublicY: { } y } || (master is not null && !IsOwn(row, master))) continue;
            try
            {
                keys.Add(row.Id.ToString("N"), x, y, row.WithdrawnAt is not null);
            }
            catch (FormatException)
            {
                // What it signed then counts as signed by an unknown key.
            }
        }
        return keys;
    }

    private static bool IsOwn(KeyRow row, MasterKey master)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(master.Decrypt(row.Secret, SigningKeys.Purpose), out _);
            var point = key.ExportParameters(false).Q;
            return WebEncoders.Base64UrlEncode(point.X!) == row.PublicX && WebEncoders.Base64UrlEncode(point.Y!) == row.PublicY;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }
}
