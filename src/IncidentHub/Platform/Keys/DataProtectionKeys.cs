using System.Text;
using System.Xml.Linq;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Platform.Keys;

/// <summary>
/// Stores the keys that protect cookies and forms in the database, encrypted by the master key, so that a restart does not sign anybody
/// out.
/// </summary>
internal sealed class DataProtectionKeys(Db db, MasterKey master) : IXmlRepository
{
    private const string Purpose = "data-protection";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        db.ReadAsync(sql => sql.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose })).GetAwaiter().GetResult()
            .Select(r => XElement.Parse(Encoding.UTF8.GetString(master.Decrypt(r.Secret, Purpose))))
            .ToList();

    public void StoreElement(XElement element, string friendlyName)
    {
        var secret = master.Encrypt(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), Purpose);
        db.WriteAsync<Done>(async tx =>
        {
            await tx.ExecuteAsync("KeyRecord_Insert", new KeyRow
            {
                Id = OrderedId.Next(tx.Now),
                Purpose = Purpose,
                PublicX = null,
                PublicY = null,
                Secret = secret,
                CreatedAt = tx.Now,
                RetiredAt = null,
            });
            return default(Done);
        }).GetAwaiter().GetResult();
    }
}

internal static class KeysModule
{
    public static void AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeysOptions>().Bind(configuration.GetSection("Keys"))
            .Validate(o => o.RotateAfterDays >= 0, "Keys:RotateAfterDays is not negative.")
            .Validate(o => o.PublishAhead >= TimeSpan.FromSeconds(2) && o.PublishAhead <= TimeSpan.FromDays(7),
                "Keys:PublishAhead is between 00:00:02 and 7.00:00:00.")
            .Validate(o => o.FailuresPerAddress > 0, "Keys:FailuresPerAddress is at least 1.")
            .Validate(o => o.RequestsPerMinute > 0, "Keys:RequestsPerMinute is at least 1.")
            .ValidateOnStart();
        services.AddSingleton<MasterKey>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<DataProtectionKeys>();
        services.AddDataProtection();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s =>
            new ConfigureOptions<KeyManagementOptions>(o =>
            {
                o.XmlRepository = s.GetRequiredService<DataProtectionKeys>();
                // The repository encrypts what it stores.
                o.XmlEncryptor = new NullXmlEncryptor();
            }));
    }

    public static void MapKeys(this WebApplication app) =>
        app.MapGet("/.well-known/jwks.json", Published).AllowAnonymous().WithTags("Keys")
            .WithSummary("The public keys that verify permits, stop notices and receipts (RFC 7517).");

    private static Ok<KeySet> Published(HttpContext http, SigningKeys keys)
    {
        // A key is published for twice the cache time before it signs.
        http.Response.Headers.CacheControl = $"public, max-age={(int)keys.MaxAge.TotalSeconds}";
        return TypedResults.Ok(new KeySet([.. keys.Public]));
    }

    /// <summary>A JWK set (RFC 7517).</summary>
    internal sealed record KeySet(IReadOnlyList<PublicJwk> Keys);
}
