using System.Buffers.Text;
using System.Security.Cryptography;
using IncidentHub.Domain.Collectors;

namespace IncidentHub.Switch.Collectors;

/// <summary>A collector's public key, P-256, as its JWK says it.</summary>
internal sealed record CollectorKey(string X, string Y)
{
    /// <summary>The key itself, or null where these are not the coordinates of a point on the curve.</summary>
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

    /// <summary>The device's place in a staged resume, 0 to 9,999: of its key, so that it stays the same permanently.</summary>
    public int Bucket() => DeviceBucket.Of(Thumbprint());

    /// <summary>Over the decoded coordinates: two spellings of one key are one collector.</summary>
    public byte[] Thumbprint() => SHA256.HashData([.. Base64Url.DecodeFromChars(X), .. Base64Url.DecodeFromChars(Y)]);
}
