using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Fleet;

/// <summary>What a control plane, a feed or a pipeline wrote, as it may be shown.</summary>
public static class ShownText
{
    /// <summary>
    /// The text as plain text (<see cref="PlainText"/>) and without the secrets in it (<see cref="SecretMask"/>): an escape within a secret does not hide it from the mask.
    /// </summary>
    public static string Of(string text)
    {
        var plain = PlainText.Of(text);
        // Before as well: a visible mark takes a secret apart as much as the control that it stands for.
        return SecretMask.MaskText(ReferenceEquals(plain, text) ? text : PlainText.Of(SecretMask.MaskText(text)));
    }
}
