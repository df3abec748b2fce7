using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>Checks that messages of secure forms name what the form's tokens are made for (protocol 10.2, 10.10); the rest is opaque.</summary>
internal static class SecureForm
{
    /// <summary>What is missing, naming the place, or null.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> message, string path)
    {
        string[] required =
            contentType.SequenceEqual("forms/secure-invitation"u8) ? ["formId", "invitationId", "title"]
            : contentType.SequenceEqual("forms/secure-submission"u8) ? ["submissionId", "invitationId"]
            : [];
        var value = required.Length > 0 ? Lenient.Parse(message) : default;
        if (required.Length > 0 && value.ValueKind != JsonValueKind.Object) return path + " must be an object";
        return Array.Find(required, name => string.IsNullOrEmpty(value.Member(name).Text())) is { } missing ? $"{path}.{missing} is missing" : null;
    }
}
