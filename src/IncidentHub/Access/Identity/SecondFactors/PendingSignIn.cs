using System.Globalization;
using System.Security.Cryptography;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.DataProtection;

namespace IncidentHub.Access.Identity;

/// <summary>
/// A sign-in whose password was right and whose code is asked for: kept for ten minutes in a protected cookie of this browser, so that the
/// form of the second step asks for the code alone. It ends when the credential changes.
/// </summary>
internal sealed class PendingSignIn(IDataProtectionProvider protection, PublicAddress address, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _protector = protection.CreateProtector("sign-in.second-step");

    public void Begin(HttpContext http, LocalAccount user)
    {
        var until = (clock.GetUtcNow() + Lifetime).UtcTicks.ToString(CultureInfo.InvariantCulture);
        var text = string.Join('|', user.PersonId, user.SecurityStamp, until);
        http.Response.Cookies.Append(Name(out var options), _protector.Protect(text), options);
    }

    public void End(HttpContext http)
    {
        var name = Name(out var options);
        options.MaxAge = null;
        http.Response.Cookies.Delete(name, options);
    }

    /// <summary>Whose password was right; null: nobody's, or it is too long ago.</summary>
    public (Guid PersonId, string Stamp)? Of(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[Name(out _)] is { } text && _protector.Unprotect(text).Split('|') is [var id, var stamp, var until]
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks ? (Guid.Parse(id), stamp) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string Name(out CookieOptions options)
    {
        var cookie = new CookieBuilder { IsEssential = true };
        address.Protect(cookie, "incidenthub-step", SameSiteMode.Strict);
        options = new()
        {
            Path = cookie.Path,
            HttpOnly = cookie.HttpOnly,
            SameSite = cookie.SameSite,
            Secure = address.IsHttps,
            MaxAge = Lifetime,
        };
        return cookie.Name!;
    }
}
