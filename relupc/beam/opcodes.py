"""The instructions of OTP 23 to 28 by number: their names, and what their arguments are.

Numbers, names and counts are those of `lib/compiler/src/genop.tab` of OTP: up to 180 as `beam_opcodes:opname/1` of OTP
25 gives them, then update_record and bs_match (OTP 26), executable_line (OTP 27), debug_line (OTP 28). A letter says
what an argument must be: other parts of relupc count on it, and where it is not so, a module is unreadable.

`u` number, `r` arity, `m` number of an import, `n` number of a fun, `f` label, `a` atom, `d` register, `s` register or
value, `l` list, `-` anything.
"""

from __future__ import annotations

NEWEST = "OTP 28"

_TABLE = """
label/u func_info/aar int_code_end call/rf call_last/rfu call_only/rf call_ext/rm call_ext_last/rmu bif0/md bif1/fmsd
bif2/fmssd allocate/uu allocate_heap/u-u allocate_zero/uu allocate_heap_zero/u-u test_heap/-u init/d deallocate/u
return send remove_message timeout loop_rec/fd loop_rec_end/f wait/f wait_timeout/fs m_plus/---- m_minus/----
m_times/---- m_div/---- int_div/---- int_rem/---- int_band/---- int_bor/---- int_bxor/---- int_bsl/---- int_bsr/----
int_bnot/--- is_lt/fss is_ge/fss is_eq/fss is_ne/fss is_eq_exact/fss is_ne_exact/fss is_integer/fs is_float/fs
is_number/fs is_atom/fs is_pid/fs is_reference/fs is_port/fs is_nil/fs is_binary/fs is_constant/-- is_list/fs
is_nonempty_list/fs is_tuple/fs test_arity/fsu select_val/sfl select_tuple_arity/sfl jump/f catch/df catch_end/d
move/sd get_list/sdd get_tuple_element/sud set_tuple_element/ssu put_string/--- put_list/ssd put_tuple/ud put/s
badmatch/s if_end case_end/s call_fun/r make_fun/--- is_function/fs call_ext_only/rm bs_start_match/--
bs_get_integer/----- bs_get_float/----- bs_get_binary/----- bs_skip_bits/---- bs_test_tail/-- bs_save/- bs_restore/-
bs_init/-- bs_final/-- bs_put_integer/----- bs_put_binary/----- bs_put_float/----- bs_put_string/-- bs_need_buf/-
fclearerror fcheckerror/- fmove/sd fconv/sd fadd/---- fsub/---- fmul/---- fdiv/---- fnegate/--- make_fun2/n try/df
try_end/d try_case/d try_case_end/s raise/ss bs_init2/------ bs_bits_to_bytes/--- bs_add/----- apply/r apply_last/ru
is_boolean/fs is_function2/fss bs_start_match2/----- bs_get_integer2/------- bs_get_float2/-------
bs_get_binary2/------- bs_skip_bits2/----- bs_test_tail2/--- bs_save2/-- bs_restore2/-- gc_bif1/fumsd gc_bif2/fumssd
bs_final2/-- bs_bits_to_bytes2/-- put_literal/-- is_bitstr/fs bs_context_to_binary/- bs_test_unit/---
bs_match_string/---- bs_init_writable bs_append/-------- bs_private_append/------ trim/uu bs_init_bits/------
bs_get_utf8/----- bs_skip_utf8/---- bs_get_utf16/----- bs_skip_utf16/---- bs_get_utf32/----- bs_skip_utf32/----
bs_utf8_size/--- bs_put_utf8/--- bs_utf16_size/--- bs_put_utf16/--- bs_put_utf32/--- on_load recv_mark/f recv_set/f
gc_bif3/fumsssd line/u put_map_assoc/fsdul put_map_exact/fsdul is_map/fs has_map_fields/fsl get_map_elements/fsl
is_tagged_tuple/fsua build_stacktrace raw_raise get_hd/sd get_tl/sd put_tuple2/dl bs_get_tail/--- bs_start_match3/----
bs_get_position/--- bs_set_position/-- swap/dd bs_start_match4/---- make_fun3/ndl init_yregs/l recv_marker_bind/--
recv_marker_clear/- recv_marker_reserve/- recv_marker_use/- bs_create_bin/f---dl call_fun2/-rs nif_start badrecord/s
update_record/-usdl bs_match/fs- executable_line/-- debug_line/----
"""

_FORMS = tuple(form.partition("/") for form in _TABLE.split())

NAMES = ("", *(name for name, _, _ in _FORMS))
ARGUMENTS = ("", *(letters for _, _, letters in _FORMS))
