namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>Headers of HTTP that hold a secret though their names say so nowhere else.</summary>
internal static class HeaderNames
{
    private static readonly string[] Ends = ["signature", "sign", "hmac", "session", "assertion", "license", "code", "otp", "pin", "nonce", "ticket", "access", "api", "macaroon"];

    // Named for a team or an account, and its key all the same.
    private static readonly string[] Known = ["xhoneycombteam", "honeycombteam", "xlicense", "xrundeckauth", "xappid", "authentication", "xauthentication", "ocpapimtracekey"];

    /// <summary>Whether a header of these words holds a secret.</summary>
    public static bool IsSecret(string[] words)
    {
        if (Array.IndexOf(Known, string.Concat(words)) >= 0) return true;
        // Status codes are no secrets; X-Access-Code is.
        return words.Length > 1 && Array.IndexOf(Ends, words[^1]) >= 0 && words[^2] is not ("status" or "error" or "country" or "language" or "response" or "exit" or "reason" or "result" or "currency" or "zip" or "postal" or "product" or "region");
    }
}
