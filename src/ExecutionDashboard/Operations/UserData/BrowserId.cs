using System.Security.Cryptography;

namespace ExecutionDashboard.Operations.UserData;

/// <summary>What tells a browser from others where nobody signs in: random, kept by the browser in a cookie that scripts cannot read.</summary>
public static class BrowserId
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "browser";

    private const int Length = 32;

    /// <summary>A new one.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));

    /// <summary>Whether a text is one.</summary>
    public static bool IsOne(string? text) => text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
}
