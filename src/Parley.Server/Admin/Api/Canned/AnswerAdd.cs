using System.Text.Json.Serialization;

namespace Parley.Server.Admin.Api.Canned;

/// <summary>A canned answer to be added.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AnswerAdd : AnswerChange;
