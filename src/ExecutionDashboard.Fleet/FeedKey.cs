using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Fleet;

/// <summary>
/// The secret that a feed and its dashboards share. The feed sends specs as they are, secrets included, so it answers only to who sends this key as a
/// bearer token.
/// </summary>
public sealed class FeedKey
{
    /// <summary>Fewest characters of a key.</summary>
    public const int LeastLength = 32;

    /// <summary>Most characters of a key: it travels in a header.</summary>
    public const int MostLength = 1_000;

    private readonly byte[] _hash;

    private FeedKey(string value)
    {
        Value = value;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The key itself, for the header alone: <see cref="Derive"/> gives keys for other uses.</summary>
    public string Value { get; }

    /// <summary>A key that nobody else has: 32 random bytes.</summary>
    public static FeedKey Random() => new(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>A key that was set; spaces and line ends around it are not part of it.</summary>
    /// <exception cref="FormatException">Too short, too long, or not of letters, digits and signs alone. The message does not repeat it.</exception>
    public static FeedKey Parse(string text)
    {
        var value = text.Trim();
        return value.Length < LeastLength ? throw new FormatException($"has {value.Length} characters: it must have {LeastLength} or more")
            : value.Length > MostLength ? throw new FormatException($"has {value.Length} characters: it must have {MostLength} or fewer")
            : !value.All(c => c is > ' ' and <= '~') ? throw new FormatException("has a space or a character outside of ASCII: it must be of letters, digits and signs")
            : new FeedKey(value);
    }

    /// <summary>Whether a text is this key. The time it takes tells nothing of the key.</summary>
    public bool Matches(string candidate) =>
        CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(candidate)));

    /// <summary>A key of 32 bytes for another purpose: every process that has this key has the same, and who has it alone cannot tell this one.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Value), 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Not the key: it gets into no text by mistake.</summary>
    public override string ToString() => "feed key";
}
