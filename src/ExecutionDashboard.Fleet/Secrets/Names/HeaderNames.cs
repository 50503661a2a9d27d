namespace ExecutionDashboard.Fleet.Secrets.Names;

/// <summary>HTTP headers that hold a secret although their names do not sound like it.</summary>
internal static class HeaderNames
{
    private static readonly string[] Ends = ["signature", "sign", "hmac", "session", "assertion", "license", "code", "otp", "pin", "nonce", "ticket", "access", "api", "macaroon"];

    // Named after a team or an account, but the value is its key.
    private static readonly string[] Known = ["xhoneycombteam", "honeycombteam", "xlicense", "xrundeckauth", "xappid", "authentication", "xauthentication", "ocpapimtracekey"];

    /// <summary>Whether a header with these words holds a secret.</summary>
    public static bool IsSecret(string[] words)
    {
        if (Array.IndexOf(Known, string.Concat(words)) >= 0) return true;
        // Status codes are not secret; X-Access-Code is.
        return words.Length > 1 && Array.IndexOf(Ends, words[^1]) >= 0 && words[^2] is not ("status" or "error" or "country" or "language" or "response" or "exit" or "reason" or "result" or "currency" or "zip" or "postal" or "product" or "region");
    }
}
