using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Fleet;

/// <summary>Prepares text from a control plane, feed or pipeline for display.</summary>
public static class ShownText
{
    /// <summary>
    /// The text as plain text (<see cref="PlainText"/>) without its secrets (<see cref="SecretMask"/>). Escapes are removed first, because one inside of a secret
    /// would hide it from the mask.
    /// </summary>
    public static string Of(string text)
    {
        var plain = PlainText.Of(text);
        // Mask before marking too: a mark splits a secret as much as the character it stands for.
        return SecretMask.MaskText(ReferenceEquals(plain, text) ? text : PlainText.Of(SecretMask.MaskText(text)));
    }
}
