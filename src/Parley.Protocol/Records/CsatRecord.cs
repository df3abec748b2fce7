namespace Parley.Protocol.Records;

/// <summary>A consumer's rating (protocol 9.7); null members were left out.</summary>
public sealed record CsatRecord(int? Rate, bool? ResolutionConfirmation, string Status);
