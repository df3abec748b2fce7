using Parley.Server.Canned;

namespace Parley.Server.Admin.Api.Canned;

public sealed record AnswerList(IReadOnlyList<CannedAnswer> Answers);
