using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Fleet;

/// <summary>
/// The secret that a feed and its dashboards share, sent as a bearer token. The feed sends specs with their secrets, so it replies only to clients that have the key.
/// </summary>
public sealed class FeedKey
{
    /// <summary>Fewest characters of a key.</summary>
    public const int LeastLength = 32;

    /// <summary>Most characters of a key, because it is sent in a header.</summary>
    public const int MostLength = 1_000;

    private readonly byte[] _hash;

    private FeedKey(string value)
    {
        Value = value;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The key itself, for the header only; <see cref="Derive"/> makes keys for other uses.</summary>
    public string Value { get; }

    /// <summary>A new random key of 32 bytes.</summary>
    public static FeedKey Random() => new(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Reads a configured key; surrounding white space is removed.</summary>
    /// <exception cref="FormatException">Too short, too long, or with other characters than letters, digits and signs. The message does not contain the key.</exception>
    public static FeedKey Parse(string text)
    {
        var value = text.Trim();
        return value.Length < LeastLength ? throw new FormatException($"has {value.Length} characters: it must have {LeastLength} or more")
            : value.Length > MostLength ? throw new FormatException($"has {value.Length} characters: it must have {MostLength} or fewer")
            : !value.All(c => c is > ' ' and <= '~') ? throw new FormatException("has a space or a character outside of ASCII: it must be of letters, digits and signs")
            : new FeedKey(value);
    }

    /// <summary>Whether a text is this key. Takes the same time for every text, so that timing reveals nothing.</summary>
    public bool Matches(string candidate) =>
        CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(candidate)));

    /// <summary>Derives a key of 32 bytes for another purpose. Processes with the same key derive the same one; the feed key cannot be computed from it.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Value), 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>A fixed text instead of the key, so that it does not end up in logs.</summary>
    public override string ToString() => "feed key";
}
