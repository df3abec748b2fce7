using Parley.Protocol.Codes;

namespace Parley.Protocol.Envelope;

/// <summary>Writes answers (protocol 7.1, 7.3, 7.5). Every answer has a body; <c>reqId</c> is the exact text of the request's id.</summary>
public static class Answers
{
    /// <summary>The <c>reqId</c> of an answer to a request whose id could not be used.</summary>
    public static ReadOnlySpan<byte> UnknownId => "-1"u8;

    /// <summary>An answer whose body is JSON written by the caller after this: close it with <see cref="End"/>.</summary>
    public static PayloadWriter Begin(PayloadWriter writer, ReadOnlySpan<byte> reqId, WireCode code, string type) =>
        writer.Raw("{\"kind\":\"resp\",\"reqId\":\""u8).Raw(reqId.IsEmpty ? UnknownId : reqId).Raw("\",\"code\":"u8).Number((int)code)
            .Raw(",\"type\":"u8).Quoted(type).Raw(",\"body\":"u8);

    /// <summary>Closes what <see cref="Begin"/> opened.</summary>
    public static PayloadWriter End(this PayloadWriter writer) => writer.Raw("}"u8);

    /// <summary>A text answer.</summary>
    public static PayloadWriter Text(PayloadWriter writer, ReadOnlySpan<byte> reqId, WireCode code, string text) =>
        Begin(writer, reqId, code, TypeNames.StringResponse).Quoted(text).End();

    /// <summary>A refusal.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="reqId">The request's id.</param>
    /// <param name="code">The code; it gives the title.</param>
    /// <param name="details">One sentence for the client's developer.</param>
    public static PayloadWriter Error(PayloadWriter writer, ReadOnlySpan<byte> reqId, WireCode code, string details) =>
        Begin(writer, reqId, code, TypeNames.ErrorResponse).Raw("{\"title\":"u8).Quoted(WireCodes.Find(code).Title)
            .Raw(",\"details\":"u8).Quoted(details).Raw(",\"errorCode\":"u8).Number((int)code * 100L).Raw("}"u8).End();

    /// <summary>The answer to a publish: the number of the event, 0 for a chat state.</summary>
    public static PayloadWriter Published(PayloadWriter writer, ReadOnlySpan<byte> reqId, Dialect dialect, long sequence)
    {
        writer.Raw("{\"kind\":\"resp\",\"reqId\":\""u8).Raw(reqId);
        writer.Raw(dialect == Dialect.V3
            ? "\",\"code\":200,\"type\":\"ms.PublishEventResponse\",\"body\":{\"sequence\":"u8
            : "\",\"code\":200,\"type\":\".ams.ms.PublishEvent$Response\",\"body\":{\"sequence\":"u8);
        return writer.Number(sequence).Raw("}}"u8);
    }

    /// <summary>The server's clock (protocol 6.6).</summary>
    public static PayloadWriter Clock(PayloadWriter writer, ReadOnlySpan<byte> reqId, Dialect dialect, long now) =>
        Begin(writer, reqId, WireCode.Ok, Verbs.ResponseType(Verb.GetClock, dialect)).Raw("{\"currentTime\":"u8).Number(now).Raw("}"u8).End();

    /// <summary>A subscription was made; without an id the body is <c>{}</c>, as the tutorial's message subscription has none.</summary>
    public static PayloadWriter Subscribed(PayloadWriter writer, ReadOnlySpan<byte> reqId, Dialect dialect, Verb verb, string? subscriptionId)
    {
        Begin(writer, reqId, WireCode.Ok, Verbs.ResponseType(verb, dialect)).Raw("{"u8);
        if (subscriptionId is not null) writer.Raw("\"subscriptionId\":"u8).Quoted(subscriptionId);
        return writer.Raw("}"u8).End();
    }

    /// <summary>A conversation was opened.</summary>
    public static PayloadWriter Opened(PayloadWriter writer, ReadOnlySpan<byte> reqId, Dialect dialect, string conversationId) =>
        Begin(writer, reqId, WireCode.Ok, Verbs.ResponseType(Verb.ConsumerRequestConversation, dialect))
            .Raw("{\"conversationId\":"u8).Quoted(conversationId).Raw("}"u8).End();

    /// <summary>The address of a file (protocol ch. 11).</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="reqId">The request's id.</param>
    /// <param name="relativePath">The file.</param>
    /// <param name="signature">Opaque to clients.</param>
    /// <param name="expires">Until when it is good, epoch seconds.</param>
    public static PayloadWriter GeneratedUrl(PayloadWriter writer, ReadOnlySpan<byte> reqId, string relativePath, string signature, long expires) =>
        Begin(writer, reqId, WireCode.Ok, TypeNames.GenerateUrlResponse).Raw("{\"relativePath\":"u8).Quoted(relativePath)
            .Raw(",\"queryParams\":{\"temp_url_sig\":"u8).Quoted(signature).Raw(",\"temp_url_expires\":\""u8).Number(expires).Raw("\"}}"u8).End();

    /// <summary>The keys for filling in a secure form (protocol 10.10).</summary>
    public static PayloadWriter UploadToken(PayloadWriter writer, ReadOnlySpan<byte> reqId, string readKey, string writeKey) =>
        Begin(writer, reqId, WireCode.Ok, TypeNames.UploadTokenResponse)
            .Raw("{\"token\":{\"readOtk\":"u8).Quoted(readKey).Raw(",\"writeOtk\":"u8).Quoted(writeKey).Raw("}}"u8).End();

    /// <summary>The key for reading a filled form (protocol 10.10).</summary>
    public static PayloadWriter DownloadToken(PayloadWriter writer, ReadOnlySpan<byte> reqId, string type, string readKey) =>
        Begin(writer, reqId, WireCode.Ok, TypeNames.DownloadTokenResponse)
            .Raw("{\"token\":{\"type\":"u8).Quoted(type).Raw(",\"readOtk\":"u8).Quoted(readKey).Raw("}}"u8).End();
}
