using System.Buffers.Text;
using System.Security.Cryptography;
using IncidentHub.Domain.Collectors;

namespace IncidentHub.Switch.Collectors;

/// <summary>A collector's public key, P-256, in JWK form.</summary>
internal sealed record CollectorKey(string X, string Y)
{
    /// <summary>The key, or null where the coordinates are not a point on the curve.</summary>
    public ECDsa? Open()
    {
        try
        {
            var (x, y) = (Base64Url.DecodeFromChars(X), Base64Url.DecodeFromChars(Y));
            return x.Length == 32 && y.Length == 32
                ? ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } })
                : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The device's position in a staged resume, 0 to 9,999: derived from its key, so that it never changes.</summary>
    public int Bucket() => DeviceBucket.Of(Thumbprint());

    /// <summary>Over the decoded coordinates: different spellings of one key identify the same collector.</summary>
    public byte[] Thumbprint() => SHA256.HashData([.. Base64Url.DecodeFromChars(X), .. Base64Url.DecodeFromChars(Y)]);
}
