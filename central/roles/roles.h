/* roles.h — the hub's subcommands: four roles that run until they are stopped, and what an operator
 * asks once.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of each process.
 * Fails:    errors of what they open; running roles log what the world does wrong and go on.
 * Limits:   none.
 * Promise:  `roles_run` keeps the four roles alive, each in a process of its own, and stops all of
 * them when it is stopped. */
#ifndef QQ_ROLES_ROLES_H
#define QQ_ROLES_ROLES_H

#include "central/analysis/analysis.h"
#include "central/roles/hub.h"

MUST_USE enum err roles_run(const char *const *arguments, size_t count); /* those behind `run` */
MUST_USE enum err roles_intake(struct hub *h);
MUST_USE enum err roles_analysis(struct hub *h);
struct analysis roles_analysis_of(const struct hub *h);
MUST_USE enum err roles_dispatch(struct hub *h);
MUST_USE enum err roles_console(struct hub *h);

/* `ledger`: rows accepted at the sites = rows here + quarantine; words behind it are agents'
 * databases. ERR_INVALID: they differ. */
MUST_USE enum err roles_ledger(struct hub *h, struct arena *a, const struct options_words *words);
/* `identity`: who may be one with whom, and what somebody says about it. */
MUST_USE enum err roles_identity(struct hub *h, struct arena *a, const struct options_words *words);
/* `replay FINDING`: all that it ever was, found again. ERR_INVALID: something is not. */
MUST_USE enum err roles_replay(struct hub *h, struct arena *a, const struct options_words *words);
/* `rule`: a rule before it is in force, and what becomes of it. */
MUST_USE enum err roles_rule(struct hub *h, struct arena *a, const struct options_words *words);
/* `indicators`: red flags of a file of open contracting data, without a hub. */
MUST_USE enum err roles_indicators(const struct settings *s);
/* `evidence export`: takes the signing key for itself, as dispatch does. */
MUST_USE enum err roles_evidence(struct hub *h, struct arena *a, const struct options_words *words);
/* `evidence verify`, without a hub. ERR_INVALID: something is wrong. */
MUST_USE enum err roles_verify(const struct settings *settings, const struct options_words *words);
/* `catalog describe`: reference pages of what is declared, without a hub. */
MUST_USE enum err roles_describe(const struct settings *s, const struct options_words *words);
/* A command that answers and ends. ERR_USAGE: no such command. */
MUST_USE enum err roles_admin(struct hub *h, const struct options_words *words);

#endif
